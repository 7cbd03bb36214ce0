import { Group, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";

type Field = "first_name" | "last_name";

interface NameFieldsProps {
  form: { key: (field: Field) => string; getInputProps: (field: Field) => object };
  autoFocus?: boolean;
}

/** What a person is called, in an uncontrolled form. */
export function NameFields({ form, autoFocus }: NameFieldsProps) {
  const { t } = useTranslation();
  return (
    <Group grow align="flex-start">
      <TextInput
        label={t("auth.firstName")}
        autoComplete="given-name"
        autoFocus={autoFocus}
        maxLength={255}
        key={form.key("first_name")}
        {...form.getInputProps("first_name")}
      />
      <TextInput
        label={t("auth.lastName")}
        autoComplete="family-name"
        maxLength={255}
        key={form.key("last_name")}
        {...form.getInputProps("last_name")}
      />
    </Group>
  );
}
