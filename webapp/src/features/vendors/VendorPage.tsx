import { ContactPage } from "@/features/contacts/ContactPage";

export default function VendorPage() {
  return <ContactPage kind="vendor" />;
}
