import { ContactPage } from "@/features/contacts/ContactPage";

export default function CustomerPage() {
  return <ContactPage kind="customer" />;
}
