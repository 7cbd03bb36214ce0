import { ActionIcon, Button, Group, Table, Text, TextInput, VisuallyHidden } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { type KeyboardEvent, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { AccountPicker } from "@/shared/AccountPicker";
import { formatMoney } from "@/shared/format";
import { MoneyInput } from "@/shared/MoneyInput";
import { EXPENSE_TYPES } from "./api";
import { CATEGORIES_MAX, categoriesTotal, type ExpenseValues, withoutRow, withRowAfter } from "./expenseForm";

interface CategoryRowsProps {
  form: UseFormReturnType<ExpenseValues>;
  disabled: boolean;
}

/** The lines of an expense. Enter goes to the next line, or makes one; Ctrl+Delete takes a line away. */
export function CategoryRows({ form, disabled }: CategoryRowsProps) {
  const { t } = useTranslation();
  const body = useRef<HTMLTableSectionElement>(null);
  const focusNext = useRef<number | null>(null);
  const rows = form.values.categories;

  useEffect(() => {
    if (focusNext.current === null) return;
    body.current?.querySelectorAll<HTMLElement>("tr")[focusNext.current]?.querySelector<HTMLElement>("input")?.focus();
    focusNext.current = null;
  });

  function goTo(index: number) {
    focusNext.current = index;
    // A fresh array draws the rows again, which is when the focus moves.
    form.setFieldValue("categories", index < rows.length ? [...rows] : withRowAfter(rows));
  }

  function remove(index: number) {
    const row = rows[index];
    if (!row) return;
    focusNext.current = Math.max(0, index - 1);
    form.setFieldValue("categories", withoutRow(rows, row.key));
  }

  function onKey(event: KeyboardEvent, index: number, isPicker: boolean) {
    if (disabled) return;
    if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
      // Enter in the picker takes the account; it must not send the form.
      event.preventDefault();
      if (!isPicker) goTo(index + 1);
    } else if (event.key === "Delete" && event.ctrlKey) {
      event.preventDefault();
      remove(index);
    }
  }

  return (
    <>
      <Table.ScrollContainer minWidth={640}>
        <Table verticalSpacing={4} horizontalSpacing="xs" withRowBorders={false} aria-label={t("expenses.categories")}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th w="38%">{t("expenses.category")}</Table.Th>
              <Table.Th>{t("common.description")}</Table.Th>
              <Table.Th w={170} ta="end">
                {t("common.amount")}
              </Table.Th>
              <Table.Th w={44}>
                <VisuallyHidden>{t("words.actions")}</VisuallyHidden>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody ref={body}>
            {rows.map((row, index) => {
              const line = t("expenses.lineNumber", { number: index + 1 });
              return (
                <Table.Tr key={row.key} style={{ verticalAlign: "top" }}>
                  <Table.Td onKeyDown={(event) => onKey(event, index, true)}>
                    <AccountPicker
                      aria-label={`${line}: ${t("expenses.category")}`}
                      types={EXPENSE_TYPES}
                      disabled={disabled}
                      value={row.expense_account_id}
                      onChange={(id) => form.setFieldValue(`categories.${index}.expense_account_id`, id)}
                      error={form.errors[`categories.${index}.expense_account_id`]}
                    />
                  </Table.Td>
                  <Table.Td onKeyDown={(event) => onKey(event, index, false)}>
                    <TextInput
                      aria-label={`${line}: ${t("common.description")}`}
                      disabled={disabled}
                      {...form.getInputProps(`categories.${index}.description`)}
                    />
                  </Table.Td>
                  <Table.Td onKeyDown={(event) => onKey(event, index, false)}>
                    <MoneyInput
                      aria-label={`${line}: ${t("common.amount")}`}
                      disabled={disabled}
                      value={row.amount}
                      onChange={(amount) => form.setFieldValue(`categories.${index}.amount`, amount)}
                      error={form.errors[`categories.${index}.amount`]}
                    />
                  </Table.Td>
                  <Table.Td>
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      mt={4}
                      disabled={disabled}
                      onClick={() => remove(index)}
                      aria-label={t("expenses.removeLine", { number: index + 1 })}
                    >
                      <IconTrash size={16} />
                    </ActionIcon>
                  </Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Group justify="space-between" align="center">
        <Button
          variant="subtle"
          size="xs"
          leftSection={<IconPlus size={14} />}
          disabled={disabled || rows.length >= CATEGORIES_MAX}
          onClick={() => goTo(rows.length)}
        >
          {t("expenses.addLine")}
        </Button>
        <Text fw={700} aria-live="polite">
          {t("words.total")}: <bdi>{formatMoney(categoriesTotal(rows).toString(), form.values.currency_code)}</bdi>
        </Text>
      </Group>
      {form.errors.categories && (
        <Text c="var(--mantine-color-error)" size="sm" role="alert">
          {form.errors.categories}
        </Text>
      )}
    </>
  );
}
