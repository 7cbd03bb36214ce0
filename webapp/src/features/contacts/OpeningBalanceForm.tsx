import { Button, Group, Stack, Text } from "@mantine/core";
import { useForm } from "@mantine/form";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";
import { useOrganization } from "@/app/boot";
import { bind } from "@/shared/bind";
import { DayInput } from "@/shared/DayInput";
import { MoneyInput } from "@/shared/MoneyInput";
import { useSave } from "@/shared/useSave";
import { type Contact, type Kind, saveOpeningBalance, touchedBy } from "./api";

interface OpeningBalanceFormProps {
  kind: Kind;
  contact: Contact;
  onDone: () => void;
}

/** Change or remove what was open when the books began. */
export function OpeningBalanceForm({ kind, contact, onDone }: OpeningBalanceFormProps) {
  const { t } = useTranslation();
  const { base_currency } = useOrganization();
  const form = useForm({
    initialValues: {
      opening_balance: contact.opening_balance === 0 ? "" : String(contact.opening_balance),
      opening_balance_at: contact.opening_balance_at ? contact.opening_balance_at.slice(0, 10) : dayjs().format("YYYY-MM-DD"),
      opening_balance_exchange_rate: String(contact.opening_balance_exchange_rate || 1),
    },
  });
  const save = useSave({
    call: (values: typeof form.values) =>
      saveOpeningBalance(kind, contact.id, {
        opening_balance: values.opening_balance === "" ? 0 : Number(values.opening_balance),
        opening_balance_at: values.opening_balance_at,
        opening_balance_exchange_rate: Number(values.opening_balance_exchange_rate || 1),
      }),
    invalidates: [...touchedBy(kind), "accounts"],
    success: t("common.saved"),
    form,
    onSaved: onDone,
  });
  return (
    <form onSubmit={form.onSubmit(save.submit)} noValidate>
      <Stack>
        <Text size="sm" c="dimmed">
          {t("contacts.openingHint")} {t("contacts.openingClear")}
        </Text>
        <MoneyInput
          label={`${t("contacts.opening")} (${contact.currency_code})`}
          data-autofocus
          {...bind(form, "opening_balance")}
        />
        <DayInput label={t("contacts.openingAt")} {...bind<string | null>(form, "opening_balance_at")} />
        {contact.currency_code !== base_currency && (
          <MoneyInput label={t("words.rate")} decimalScale={12} {...bind(form, "opening_balance_exchange_rate")} />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            {t("common.cancel")}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {t("common.save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
