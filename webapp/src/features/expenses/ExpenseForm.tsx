import { Button, Card, Group, SimpleGrid, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useHotkeys } from "@mantine/hooks";
import { useNavigate } from "@tanstack/react-router";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";
import { useOrganization } from "@/app/boot";
import { BranchSelect } from "@/features/branches/BranchSelect";
import { fetchLatestRate } from "@/features/currencies/api";
import { CurrencySelect } from "@/features/currencies/CurrencySelect";
import { AccountPicker } from "@/shared/AccountPicker";
import { bind } from "@/shared/bind";
import { ContactPicker } from "@/shared/ContactPicker";
import { DayInput } from "@/shared/DayInput";
import { useKeptForm } from "@/shared/form/useKeptForm";
import { MoneyInput } from "@/shared/MoneyInput";
import { useSave } from "@/shared/useSave";
import { type Expense, PAYMENT_TYPES, saveExpense, TOUCHED } from "./api";
import { CategoryRows } from "./CategoryRows";
import { type ExpenseValues, expenseBody, expenseErrors, expenseValues } from "./expenseForm";

interface ExpenseFormProps {
  expense: Expense | null;
  /** Account that a new expense is paid from, when the settings name one. */
  paymentAccount: number | null;
  /** Whether the person may only look. */
  readOnly: boolean;
}

/** Write a new expense as a draft or published, or change `expense`. */
export function ExpenseForm({ expense, paymentAccount, readOnly }: ExpenseFormProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { base_currency } = useOrganization();
  const isPublished = expense?.is_published ?? false;
  const form = useForm<ExpenseValues>({
    initialValues: expenseValues(expense, { today: dayjs().format("YYYY-MM-DD"), currency: base_currency, paymentAccount }),
    validate: (values) => expenseErrors(values, t),
  });
  const kept = useKeptForm(form, `expense.${expense?.id ?? "new"}`);
  const save = useSave({
    call: ({ values, publish }: { values: ExpenseValues; publish: boolean }) =>
      saveExpense(expense?.id ?? null, expenseBody(values, publish)),
    invalidates: TOUCHED,
    success: isPublished ? t("common.saved") : undefined,
    form,
    onSaved: (id) => {
      kept.release();
      void navigate({ to: expense ? "/expenses" : `/expenses/${id}`, replace: true });
    },
  });
  const submit = (publish: boolean) => form.onSubmit((values) => save.submit({ values, publish }))();
  useHotkeys([["mod+Enter", () => !readOnly && submit(true)]], []);

  async function chooseCurrency(code: string): Promise<void> {
    form.setFieldValue("currency_code", code);
    const rate = code === base_currency ? 1 : await fetchLatestRate(code, base_currency);
    if (rate !== null) form.setFieldValue("exchange_rate", String(rate));
  }

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit(isPublished);
      }}
    >
      <Stack maw={1000}>
        {kept.notice}
        <Card withBorder>
          <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="sm">
            <AccountPicker
              label={t("expenses.paymentAccount")}
              withAsterisk
              types={PAYMENT_TYPES}
              disabled={readOnly}
              autoFocus={expense === null}
              {...bind<number | null>(form, "payment_account_id")}
              onChange={(id, account) => {
                form.setFieldValue("payment_account_id", id);
                if (account && account.currency_code !== form.values.currency_code) void chooseCurrency(account.currency_code);
              }}
            />
            <DayInput label={t("common.date")} withAsterisk disabled={readOnly} {...bind<string | null>(form, "payment_date")} />
            <ContactPicker label={t("expenses.payee")} disabled={readOnly} {...bind<number | null>(form, "payee_id")} />
            <CurrencySelect
              label={t("words.currency")}
              disabled={readOnly}
              value={form.values.currency_code}
              onChange={(code) => void chooseCurrency(code)}
              error={form.errors.currency_code}
            />
            {form.values.currency_code !== base_currency && (
              <MoneyInput
                label={t("expenses.rateOf", { from: form.values.currency_code, to: base_currency })}
                withAsterisk
                decimalScale={12}
                disabled={readOnly}
                {...bind(form, "exchange_rate")}
              />
            )}
            <TextInput label={t("expenses.reference")} disabled={readOnly} {...form.getInputProps("reference_no")} />
            <BranchSelect disabled={readOnly} {...bind<number | null>(form, "branch_id")} />
          </SimpleGrid>
        </Card>
        <Card withBorder>
          <Stack gap="xs">
            <CategoryRows form={form} disabled={readOnly} />
          </Stack>
        </Card>
        <Textarea
          label={t("common.description")}
          autosize
          minRows={2}
          disabled={readOnly}
          {...form.getInputProps("description")}
        />
        {!readOnly && (
          <Group>
            {isPublished ? (
              <Button type="submit" loading={save.isPending}>
                {t("common.save")}
              </Button>
            ) : (
              <>
                <Button onClick={() => submit(true)} loading={save.isPending}>
                  {t("expenses.saveAndPublish")}
                </Button>
                <Button type="submit" variant="default" disabled={save.isPending}>
                  {t("expenses.saveDraft")}
                </Button>
              </>
            )}
            <Button variant="subtle" onClick={() => void navigate({ to: "/expenses" })}>
              {t("common.cancel")}
            </Button>
            <Text size="xs" c="dimmed" visibleFrom="sm">
              {t("expenses.keys")}
            </Text>
          </Group>
        )}
      </Stack>
    </form>
  );
}
