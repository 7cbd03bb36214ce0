import { Button, Select, SimpleGrid, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useSave } from "@/shared/useSave";
import type { BuildRequest } from "./api";
import { countries, currencies, guess, months, timezones } from "./choices";

interface OrganizationFormProps {
  onSubmit: (values: BuildRequest) => Promise<unknown>;
}

export function OrganizationForm({ onSubmit }: OrganizationFormProps) {
  const { t, i18n } = useTranslation();
  const language = i18n.language;
  const choices = useMemo(
    () => ({
      countries: countries(language),
      currencies: currencies(language),
      months: months(language),
      timezones: timezones(),
    }),
    [language],
  );
  const needed = (value: string | null) => (value?.trim() ? null : t("setup.required"));
  const form = useForm({
    initialValues: {
      name: "",
      ...guess(),
      base_currency: "USD",
      fiscal_year: "january",
      language: "en" as BuildRequest["language"],
    },
    validate: { name: needed, location: needed, base_currency: needed, fiscal_year: needed, timezone: needed },
  });
  const save = useSave({ call: (values: BuildRequest) => onSubmit(values), invalidates: [], form });
  return (
    <form onSubmit={form.onSubmit((values) => save.submit(values as BuildRequest))} noValidate>
      <Stack>
        <TextInput label={t("setup.name")} autoFocus autoComplete="organization" {...form.getInputProps("name")} />
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <Select label={t("setup.location")} data={choices.countries} searchable {...form.getInputProps("location")} />
          <Select
            label={t("setup.timezone")}
            data={choices.timezones}
            searchable
            limit={100}
            {...form.getInputProps("timezone")}
          />
        </SimpleGrid>
        <Select
          label={t("setup.baseCurrency")}
          description={t("setup.baseCurrencyText")}
          data={choices.currencies}
          searchable
          limit={200}
          {...form.getInputProps("base_currency")}
        />
        <Select label={t("setup.fiscalYear")} data={choices.months} {...form.getInputProps("fiscal_year")} />
        <Button type="submit" loading={save.isPending}>
          {t("setup.start")}
        </Button>
      </Stack>
    </form>
  );
}
