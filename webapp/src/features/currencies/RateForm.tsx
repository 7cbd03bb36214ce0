import { Stack } from "@mantine/core";
import { useForm } from "@mantine/form";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { useOrganization } from "@/app/boot";
import { bind } from "@/shared/bind";
import { DayInput } from "@/shared/DayInput";
import { FormButtons } from "@/shared/FormButtons";
import { MoneyInput } from "@/shared/MoneyInput";
import { useSave } from "@/shared/useSave";
import { CurrencySelect } from "./CurrencySelect";

/** What one unit of a foreign currency is worth in the base currency from a day on. */
export function RateForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const { base_currency } = useOrganization();
  const form = useForm({
    initialValues: { from_currency: "", rate: "", date: dayjs().format("YYYY-MM-DD") as string | null },
    validate: {
      from_currency: (value) => (value ? null : t("words.required")),
      rate: (value) => (Number(value) > 0 ? null : t("words.number")),
    },
  });
  const save = useSave({
    call: (values: typeof form.values) =>
      data(api.POST("/api/exchange-rates", { body: { ...values, rate: Number(values.rate), to_currency: base_currency } })),
    invalidates: ["exchange-rates", "audit-trail"],
    success: t("common.saved"),
    form,
    onSaved: onDone,
  });
  return (
    <form onSubmit={form.onSubmit(save.submit)} noValidate>
      <Stack gap="sm">
        <CurrencySelect
          label={t("words.currency")}
          withAsterisk
          without={[base_currency]}
          data-autofocus
          {...bind(form, "from_currency")}
        />
        <MoneyInput
          label={t("currencies.rateOf", { from: form.values.from_currency || "…", to: base_currency })}
          withAsterisk
          decimalScale={12}
          {...bind(form, "rate")}
        />
        <DayInput label={t("common.date")} description={t("currencies.dateHint")} {...bind<string | null>(form, "date")} />
        <FormButtons isPending={save.isPending} onCancel={onDone} />
      </Stack>
    </form>
  );
}
