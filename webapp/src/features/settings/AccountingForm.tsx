import { Button, Checkbox, Fieldset, Group, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { PAYMENT_TYPES } from "@/features/expenses/api";
import { AccountPicker } from "@/shared/AccountPicker";
import { bind } from "@/shared/bind";
import { useSave } from "@/shared/useSave";
import { type AccountingValues, accountingValues, changedSettings } from "./accountingForm";
import type { Setting } from "./api";

export function AccountingForm({ settings, readOnly }: { settings: Setting[]; readOnly: boolean }) {
  const { t } = useTranslation();
  const [before, setBefore] = useState(() => accountingValues(settings));
  const form = useForm<AccountingValues>({ initialValues: { ...before } });
  const save = useSave({
    call: (values: AccountingValues) => data(api.PUT("/api/settings", { body: { options: changedSettings(before, values) } })),
    invalidates: ["settings", "manual-journals"],
    success: t("common.saved"),
    form,
    onSaved: (_, values) => setBefore(values),
  });
  return (
    <form onSubmit={form.onSubmit(save.submit)} noValidate>
      <Stack maw={720}>
        <Fieldset legend={t("settings.accounts")} disabled={readOnly}>
          <Stack gap="sm">
            <Checkbox label={t("settings.codeRequired")} {...form.getInputProps("account_code_required", { type: "checkbox" })} />
            <Checkbox label={t("settings.codeUnique")} {...form.getInputProps("account_code_unique", { type: "checkbox" })} />
          </Stack>
        </Fieldset>
        <Fieldset legend={t("settings.journals")} disabled={readOnly}>
          <Stack gap="sm">
            <Checkbox
              label={t("settings.autoIncrement")}
              description={t("settings.autoIncrementHint")}
              {...form.getInputProps("journal_auto_increment", { type: "checkbox" })}
            />
            <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
              <TextInput label={t("settings.prefix")} {...form.getInputProps("journal_prefix")} />
              <TextInput label={t("settings.nextNumber")} {...form.getInputProps("journal_next_number")} />
            </SimpleGrid>
            {form.values.journal_auto_increment && (
              <Text size="sm" c="dimmed">
                {t("settings.nextIs")} <bdi>{`${form.values.journal_prefix}${form.values.journal_next_number}`}</bdi>
              </Text>
            )}
          </Stack>
        </Fieldset>
        <Fieldset legend={t("settings.expenses")} disabled={readOnly}>
          <AccountPicker
            label={t("settings.paymentAccount")}
            description={t("settings.paymentAccountHint")}
            types={PAYMENT_TYPES}
            clearable
            disabled={readOnly}
            {...bind<number | null>(form, "expense_payment_account")}
          />
        </Fieldset>
        {!readOnly && (
          <Group>
            <Button type="submit" loading={save.isPending} disabled={changedSettings(before, form.values).length === 0}>
              {t("common.save")}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}
