import { Alert, Autocomplete, Button, Fieldset, Group, Select, SimpleGrid, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconLock } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { countries, currencies, months, timezones } from "@/features/setup/choices";
import { useSave } from "@/shared/useSave";
import { useBaseCurrencyLock, useDateFormats } from "./api";
import { ADDRESS_FIELDS, INDUSTRIES, type ProfileValues, profileBody, profileValues } from "./profileForm";

const LANGUAGES = [
  { value: "en", label: "English" },
  { value: "ar", label: "العربية" },
  { value: "es", label: "Español" },
  { value: "sv", label: "Svenska" },
];

export function ProfileForm({ profile, readOnly }: { profile: Record<string, unknown>; readOnly: boolean }) {
  const { t, i18n } = useTranslation();
  const { data: formats = [] } = useDateFormats();
  const currencyLock = useBaseCurrencyLock().data;
  const locking = currencyLock?.abilities ?? [];
  const form = useForm<ProfileValues>({
    initialValues: profileValues(profile),
    validate: { name: (value) => (value.trim() ? null : t("words.required")) },
  });
  const save = useSave({
    call: (values: ProfileValues) => data(api.PUT("/api/organization", { body: profileBody(values) })),
    invalidates: ["organization", "currencies", "accounts", "settings", "audit-trail"],
    success: t("common.saved"),
    form,
    fieldOf: (type) => (type === "BASE_CURRENCY_MUTATE_LOCKED" ? "base_currency" : undefined),
  });
  const formatChoices = formats.map(({ key, label }) => ({ value: key, label }));
  const chosenFormat = form.values.date_format;
  if (chosenFormat && !formatChoices.some(({ value }) => value === chosenFormat))
    formatChoices.unshift({ value: chosenFormat, label: chosenFormat });

  return (
    <form onSubmit={form.onSubmit(save.submit)} noValidate>
      <Stack maw={860}>
        <Fieldset legend={t("settings.organization")} disabled={readOnly}>
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
            <TextInput label={t("common.name")} withAsterisk {...form.getInputProps("name")} />
            <Autocomplete
              label={t("settings.industry")}
              data={INDUSTRIES.map((industry) => t(`settings.industries.${industry}`))}
              {...form.getInputProps("industry")}
            />
            <Select
              label={t("contacts.country")}
              searchable
              allowDeselect={false}
              data={countries(i18n.language)}
              {...form.getInputProps("location")}
            />
            <TextInput label={t("settings.taxNumber")} {...form.getInputProps("tax_number")} />
          </SimpleGrid>
        </Fieldset>
        <Fieldset legend={t("settings.books")} disabled={readOnly}>
          <Stack gap="sm">
            <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
              <Select
                label={t("settings.baseCurrency")}
                searchable
                allowDeselect={false}
                disabled={locking.length > 0 || currencyLock === undefined}
                data={currencies(i18n.language)}
                {...form.getInputProps("base_currency")}
              />
              <Select
                label={t("settings.fiscalYear")}
                allowDeselect={false}
                data={months(i18n.language)}
                {...form.getInputProps("fiscal_year")}
              />
            </SimpleGrid>
            {locking.length > 0 && (
              <Alert color="blue" icon={<IconLock size={18} />}>
                {t("settings.currencyLocked", { kinds: locking.map((kind) => kind.plural_name).join(", ") })}
              </Alert>
            )}
          </Stack>
        </Fieldset>
        <Fieldset legend={t("settings.regional")} disabled={readOnly}>
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
            <Select
              label={t("settings.timezone")}
              searchable
              limit={100}
              allowDeselect={false}
              data={timezones()}
              {...form.getInputProps("timezone")}
            />
            <Select
              label={t("settings.language")}
              description={t("settings.languageHint")}
              allowDeselect={false}
              data={LANGUAGES}
              {...form.getInputProps("language")}
            />
            <Select
              label={t("settings.dateFormat")}
              allowDeselect={false}
              data={formatChoices}
              {...form.getInputProps("date_format")}
            />
          </SimpleGrid>
        </Fieldset>
        <Fieldset legend={t("settings.address")} disabled={readOnly}>
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
            {ADDRESS_FIELDS.map((field) => (
              <TextInput key={field} label={t(`settings.addressFields.${field}`)} {...form.getInputProps(`address.${field}`)} />
            ))}
          </SimpleGrid>
        </Fieldset>
        {!readOnly && (
          <Group>
            <Button type="submit" loading={save.isPending}>
              {t("common.save")}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}
