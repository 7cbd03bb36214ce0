import { ContactEditPage } from "@/features/contacts/ContactEditPage";

export default function CustomerEditPage() {
  return <ContactEditPage kind="customer" />;
}
