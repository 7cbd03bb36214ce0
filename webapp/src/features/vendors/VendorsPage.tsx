import { ContactsPage } from "@/features/contacts/ContactsPage";

export default function VendorsPage() {
  return <ContactsPage kind="vendor" />;
}
