import { ContactsPage } from "@/features/contacts/ContactsPage";

export default function CustomersPage() {
  return <ContactsPage kind="customer" />;
}
