import { Checkbox, NumberInput, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import { FormButtons } from "@/shared/FormButtons";
import { useSave } from "@/shared/useSave";
import { saveTaxRate, type TaxRate, TOUCHED } from "./api";

export function TaxRateForm({ rate, onDone }: { rate: TaxRate | null; onDone: () => void }) {
  const { t } = useTranslation();
  const form = useForm({
    initialValues: {
      name: rate?.name ?? "",
      code: rate?.code ?? "",
      rate: rate ? String(rate.rate) : "",
      description: rate?.description ?? "",
      is_compound: rate?.is_compound ?? false,
      is_non_recoverable: rate?.is_non_recoverable ?? false,
    },
    validate: {
      name: (value) => (value.trim() ? null : t("words.required")),
      code: (value) => (value.trim() ? null : t("words.required")),
      rate: (value) => (value === "" ? t("words.number") : null),
    },
  });
  const save = useSave({
    call: (values: typeof form.values) =>
      saveTaxRate(rate?.id ?? null, {
        ...values,
        name: values.name.trim(),
        code: values.code.trim(),
        rate: Number(values.rate),
        description: values.description.trim() || null,
        ...(rate === null && { active: true }),
      }),
    invalidates: TOUCHED,
    success: t("common.saved"),
    form,
    onSaved: onDone,
  });
  return (
    <form onSubmit={form.onSubmit(save.submit)} noValidate>
      <Stack gap="sm">
        <TextInput label={t("common.name")} withAsterisk data-autofocus {...form.getInputProps("name")} />
        <TextInput label={t("common.code")} withAsterisk {...form.getInputProps("code")} />
        <NumberInput
          label={t("taxRates.rate")}
          withAsterisk
          suffix=" %"
          decimalScale={4}
          min={0}
          max={100}
          hideControls
          value={form.values.rate}
          onChange={(value) => form.setFieldValue("rate", String(value))}
          error={form.errors.rate}
        />
        <Textarea label={t("common.description")} autosize minRows={2} {...form.getInputProps("description")} />
        <Checkbox
          label={t("taxRates.compound")}
          description={t("taxRates.compoundHint")}
          {...form.getInputProps("is_compound", { type: "checkbox" })}
        />
        <Checkbox
          label={t("taxRates.nonRecoverable")}
          description={t("taxRates.nonRecoverableHint")}
          {...form.getInputProps("is_non_recoverable", { type: "checkbox" })}
        />
        {rate && (
          <Text size="sm" c="dimmed">
            {t("taxRates.editHint")}
          </Text>
        )}
        <FormButtons isPending={save.isPending} onCancel={onDone} />
      </Stack>
    </form>
  );
}
