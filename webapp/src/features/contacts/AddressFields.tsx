import { Fieldset, SimpleGrid, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useTranslation } from "react-i18next";
import { ADDRESS_FIELDS, type AddressField, type AddressKind, type ContactValues } from "./contactForm";

const LABELS: Record<AddressField, string> = {
  address1: "contacts.address1",
  address2: "contacts.address2",
  address_city: "contacts.city",
  address_state: "contacts.state",
  address_postcode: "contacts.postcode",
  address_country: "contacts.country",
  address_phone: "contacts.phone",
};

export function AddressFields({ form, kind }: { form: UseFormReturnType<ContactValues>; kind: AddressKind }) {
  const { t } = useTranslation();
  return (
    <Fieldset legend={t(`contacts.${kind}`)}>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        {ADDRESS_FIELDS.map((field) => (
          <TextInput key={field} label={t(LABELS[field])} {...form.getInputProps(`${kind}_${field}`)} />
        ))}
      </SimpleGrid>
    </Fieldset>
  );
}
