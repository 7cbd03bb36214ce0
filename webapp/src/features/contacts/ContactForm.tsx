import { Button, Fieldset, Group, SegmentedControl, SimpleGrid, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useNavigate } from "@tanstack/react-router";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";
import { useOrganization } from "@/app/boot";
import { fetchLatestRate } from "@/features/currencies/api";
import { CurrencySelect } from "@/features/currencies/CurrencySelect";
import { bind } from "@/shared/bind";
import { DayInput } from "@/shared/DayInput";
import { useKeptForm } from "@/shared/form/useKeptForm";
import { MoneyInput } from "@/shared/MoneyInput";
import { useSave } from "@/shared/useSave";
import { AddressFields } from "./AddressFields";
import { type Contact, type Kind, pluralOf, saveContact, touchedBy } from "./api";
import { type ContactValues, contactBody, contactValues, copiedAddress } from "./contactForm";

/** Write a new customer or vendor, or change `contact`. */
export function ContactForm({ kind, contact }: { kind: Kind; contact: Contact | null }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { base_currency } = useOrganization();
  const isNew = contact === null;
  const form = useForm<ContactValues>({
    initialValues: contactValues(contact, base_currency, dayjs().format("YYYY-MM-DD")),
    validate: { display_name: (value) => (value.trim() ? null : t("words.required")) },
  });
  const kept = useKeptForm(form, `${kind}.${contact?.id ?? "new"}`);
  const save = useSave({
    call: (values: ContactValues) => saveContact(kind, contact?.id ?? null, contactBody(kind, values, isNew)),
    invalidates: touchedBy(kind),
    success: t("common.saved"),
    form,
    onSaved: (id) => {
      kept.release();
      void navigate({ to: `/${pluralOf(kind)}/${id}`, replace: true });
    },
  });
  const isForeign = form.values.currency_code !== base_currency;

  async function chooseCurrency(code: string): Promise<void> {
    form.setFieldValue("currency_code", code);
    const rate = code === base_currency ? 1 : await fetchLatestRate(code, base_currency);
    if (rate !== null) form.setFieldValue("opening_balance_exchange_rate", String(rate));
  }

  return (
    <form onSubmit={form.onSubmit(save.submit)} noValidate>
      <Stack maw={900}>
        {kept.notice}
        <Fieldset legend={t("contacts.main")}>
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
            {kind === "customer" && (
              <Stack gap={2}>
                <Text size="sm" fw={500} id="customer-type">
                  {t("contacts.type")}
                </Text>
                <SegmentedControl
                  aria-labelledby="customer-type"
                  data={["business", "individual"].map((value) => ({ value, label: t(`contacts.${value}`) }))}
                  {...form.getInputProps("customer_type")}
                />
              </Stack>
            )}
            <TextInput
              label={t("contacts.name")}
              description={t("contacts.nameHint")}
              withAsterisk
              data-autofocus
              {...form.getInputProps("display_name")}
            />
            <TextInput label={t("contacts.company")} {...form.getInputProps("company_name")} />
            <TextInput label={t("contacts.salutation")} {...form.getInputProps("salutation")} />
            <TextInput label={t("contacts.firstName")} autoComplete="off" {...form.getInputProps("first_name")} />
            <TextInput label={t("contacts.lastName")} autoComplete="off" {...form.getInputProps("last_name")} />
            <TextInput label={t("contacts.email")} type="email" autoComplete="off" {...form.getInputProps("email")} />
            <TextInput label={t("contacts.website")} {...form.getInputProps("website")} />
            <TextInput label={t("contacts.workPhone")} type="tel" {...form.getInputProps("work_phone")} />
            <TextInput label={t("contacts.personalPhone")} type="tel" {...form.getInputProps("personal_phone")} />
          </SimpleGrid>
        </Fieldset>
        {isNew && (
          <Fieldset legend={t("contacts.opening")}>
            <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
              <CurrencySelect
                label={t("words.currency")}
                description={t("contacts.currencyHint")}
                value={form.values.currency_code}
                onChange={(code) => void chooseCurrency(code)}
                error={form.errors.currency_code}
              />
              <MoneyInput
                label={t("contacts.opening")}
                description={t("contacts.openingHint")}
                {...bind(form, "opening_balance")}
              />
              <DayInput label={t("contacts.openingAt")} {...bind<string | null>(form, "opening_balance_at")} />
              {isForeign && (
                <MoneyInput label={t("words.rate")} decimalScale={12} {...bind(form, "opening_balance_exchange_rate")} />
              )}
            </SimpleGrid>
          </Fieldset>
        )}
        <AddressFields form={form} kind="billing" />
        <Group justify="flex-end">
          <Button variant="subtle" size="xs" onClick={() => form.setValues(copiedAddress(form.values))}>
            {t("contacts.copyAddress")}
          </Button>
        </Group>
        <AddressFields form={form} kind="shipping" />
        <Textarea label={t("contacts.note")} autosize minRows={3} {...form.getInputProps("note")} />
        <Group>
          <Button type="submit" loading={save.isPending}>
            {t("common.save")}
          </Button>
          <Button
            variant="default"
            onClick={() => void navigate({ to: isNew ? `/${pluralOf(kind)}` : `/${pluralOf(kind)}/${contact.id}` })}
          >
            {t("common.cancel")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
