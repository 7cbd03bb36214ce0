import { Select, SimpleGrid, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useTranslation } from "react-i18next";
import { useOrganization } from "@/app/boot";
import { DayInput } from "@/shared/DayInput";
import { MoneyInput } from "@/shared/MoneyInput";
import { latestRate, useBranchChoices, useCurrencies, useNextNumber } from "./api";
import type { JournalValues } from "./model";

/** The fields above the lines. */
export function HeaderFields({ form, isNew }: { form: UseFormReturnType<JournalValues>; isNew: boolean }) {
  const { t } = useTranslation();
  const { base_currency } = useOrganization();
  const { data: currencies = [] } = useCurrencies();
  const { on: withBranches, branches } = useBranchChoices();
  const next = useNextNumber();
  const { values, errors } = form;
  const codes = new Set([base_currency, values.currency_code, ...currencies.map((currency) => currency.currency_code)]);

  async function chooseCurrency(code: string | null): Promise<void> {
    if (!code) return;
    form.setFieldValue("currency_code", code);
    if (code === base_currency) {
      form.setFieldValue("exchange_rate", "1");
      return;
    }
    const rate = await latestRate(code, base_currency).catch(() => null); // Without a known rate it is typed.
    if (rate !== null) form.setFieldValue("exchange_rate", String(rate));
  }

  return (
    <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="sm">
      <DayInput
        label={t("journals.date")}
        required
        value={values.date}
        error={errors.date}
        onChange={(date) => form.setFieldValue("date", date)}
        data-autofocus
      />
      <TextInput
        label={t("journals.number")}
        placeholder={isNew && next ? t("journals.automaticNext", { number: next }) : undefined}
        maxLength={255}
        {...form.getInputProps("journal_number")}
      />
      <TextInput label={t("journals.reference")} maxLength={255} {...form.getInputProps("reference")} />
      <Select
        label={t("journals.currency")}
        searchable
        allowDeselect={false}
        data={[...codes]}
        value={values.currency_code}
        error={errors.currency_code}
        onChange={(code) => void chooseCurrency(code)}
      />
      {values.currency_code !== base_currency && (
        <MoneyInput
          label={t("journals.rate")}
          description={t("journals.rateHint", { base: base_currency, currency: values.currency_code })}
          decimalScale={10}
          allowNegative={false}
          value={values.exchange_rate}
          error={errors.exchange_rate}
          onChange={(rate) => form.setFieldValue("exchange_rate", rate)}
        />
      )}
      {withBranches && (
        <Select
          label={t("journals.branch")}
          searchable
          clearable
          data={branches.map((branch) => ({ value: String(branch.id), label: branch.name }))}
          value={values.branch_id === null ? null : String(values.branch_id)}
          error={errors.branch_id}
          onChange={(id) => form.setFieldValue("branch_id", id === null ? null : Number(id))}
        />
      )}
      <TextInput label={t("journals.description")} maxLength={255} {...form.getInputProps("description")} />
    </SimpleGrid>
  );
}
