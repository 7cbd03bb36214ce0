import { ContactEditPage } from "@/features/contacts/ContactEditPage";

export default function VendorEditPage() {
  return <ContactEditPage kind="vendor" />;
}
