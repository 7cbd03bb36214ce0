import { ContactNewPage } from "@/features/contacts/ContactEditPage";

export default function CustomerNewPage() {
  return <ContactNewPage kind="customer" />;
}
