import { Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { FormButtons } from "@/shared/FormButtons";
import { useSave } from "@/shared/useSave";
import type { Currency } from "./api";
import { currencyName, currencySign } from "./currencyNames";

interface CurrencyValues {
  currency_code: string;
  currency_name: string;
  currency_sign: string;
}

async function saveCurrency(id: number | null, values: CurrencyValues): Promise<void> {
  const { currency_code: _code, ...named } = values;
  if (id === null) await data(api.POST("/api/currencies", { body: values }));
  else await data(api.PUT("/api/currencies/{code}", { params: { path: { code: id } }, body: named }));
}

export function CurrencyForm({ currency, onDone }: { currency: Currency | null; onDone: () => void }) {
  const { t, i18n } = useTranslation();
  const form = useForm({
    initialValues: {
      currency_code: currency?.currency_code ?? "",
      currency_name: currency?.currency_name ?? "",
      currency_sign: currency?.currency_sign ?? "",
    },
    validate: {
      currency_code: (value) => (/^[A-Z]{3}$/.test(value) ? null : t("currencies.codeHint")),
      currency_name: (value) => (value.trim() ? null : t("words.required")),
      currency_sign: (value) => (value.trim() ? null : t("words.required")),
    },
  });
  const save = useSave({
    call: (values: typeof form.values) => saveCurrency(currency?.id ?? null, values),
    invalidates: ["currencies", "audit-trail"],
    success: t("common.saved"),
    form,
    onSaved: onDone,
  });

  function setCode(text: string) {
    const code = text.trim().toUpperCase().slice(0, 3);
    form.setFieldValue("currency_code", code);
    if (code.length < 3) return;
    form.setFieldValue("currency_name", currencyName(code, i18n.language) ?? form.values.currency_name);
    form.setFieldValue("currency_sign", currencySign(code, i18n.language) ?? form.values.currency_sign);
  }

  return (
    <form onSubmit={form.onSubmit(save.submit)} noValidate>
      <Stack gap="sm">
        <TextInput
          label={t("common.code")}
          description={t("currencies.codeHint")}
          withAsterisk
          disabled={currency !== null}
          data-autofocus
          value={form.values.currency_code}
          onChange={(event) => setCode(event.currentTarget.value)}
          error={form.errors.currency_code}
        />
        <TextInput label={t("common.name")} withAsterisk {...form.getInputProps("currency_name")} />
        <TextInput label={t("currencies.sign")} withAsterisk {...form.getInputProps("currency_sign")} />
        <FormButtons isPending={save.isPending} onCancel={onDone} />
      </Stack>
    </form>
  );
}
