import { ContactNewPage } from "@/features/contacts/ContactEditPage";

export default function VendorNewPage() {
  return <ContactNewPage kind="vendor" />;
}
