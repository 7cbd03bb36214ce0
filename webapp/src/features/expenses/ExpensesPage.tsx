import { Badge, Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useOrganization, usePermission } from "@/app/boot";
import { type Column, DataTable } from "@/shared/DataTable";
import { formatDate } from "@/shared/format";
import { Money } from "@/shared/Money";
import { Page } from "@/shared/Page";
import { QueryView } from "@/shared/QueryView";
import { AddButton } from "@/shared/RecordList";
import { useBulkDelete } from "@/shared/useBulkDelete";
import { useList } from "@/shared/useList";
import { bulkDelete, checkBulkDelete, type ExpenseRow, TOUCHED, useExpenses, usePaymentAccounts } from "./api";

const NARROW_COLUMNS = ["payment_date", "categories", "amount"];

const ACCOUNTS_SHOWN = 3;

/** The names of the accounts that an expense went to, each once. */
function categoryNames(row: ExpenseRow): string {
  const names = [...new Set(row.categories.map((category) => category.expense_account.name))];
  return names.length > ACCOUNTS_SHOWN ? `${names.slice(0, ACCOUNTS_SHOWN).join(", ")}, …` : names.join(", ");
}

function useColumns(): Column<ExpenseRow>[] {
  const { t } = useTranslation();
  const { date_format } = useOrganization();
  const accounts = usePaymentAccounts();
  return useMemo(
    () => [
      {
        key: "payment_date",
        header: t("common.date"),
        value: (row) => row.payment_date,
        render: (row) => formatDate(row.payment_date, date_format ?? undefined),
        sortKey: "payment_date",
        filter: { type: "date" },
        width: 130,
      },
      { key: "categories", header: t("expenses.category"), value: categoryNames, width: 240 },
      {
        key: "payment_account",
        header: t("expenses.paymentAccount"),
        value: (row) => row.payment_account.name,
        sortKey: "payment_account",
        // The server compares the account's slug.
        filter: { type: "choice", choices: accounts },
        width: 180,
      },
      {
        key: "reference_no",
        header: t("expenses.reference"),
        value: (row) => row.reference_no,
        sortKey: "reference_no",
        filter: { type: "text" },
        width: 130,
      },
      {
        key: "description",
        header: t("common.description"),
        value: (row) => row.description,
        sortKey: "description",
        filter: { type: "text" },
        width: 200,
        hiddenByDefault: true,
      },
      {
        key: "status",
        header: t("words.status"),
        value: (row) => (row.is_published ? t("expenses.published") : t("expenses.draft")),
        render: (row) => (
          <Badge variant="light" color={row.is_published ? "teal" : "gray"}>
            {row.is_published ? t("expenses.published") : t("expenses.draft")}
          </Badge>
        ),
        sortKey: "published",
        filter: {
          type: "choice",
          key: "status",
          choices: ["draft", "published"].map((value) => ({ value, label: t(`expenses.${value}`) })),
        },
        width: 120,
      },
      {
        key: "amount",
        header: t("common.amount"),
        value: (row) => row.total_amount,
        render: (row) => <Money value={row.total_amount} currency={row.currency_code} />,
        align: "end",
        sortKey: "amount",
        filter: { type: "number" },
        width: 150,
      },
    ],
    [t, date_format, accounts],
  );
}

export default function ExpensesPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const canCreate = usePermission("Expense", "Create");
  const canDelete = usePermission("Expense", "Delete");
  const columns = useColumns();
  const list = useList(columns, { key: "payment_date", descending: true });
  const query = useExpenses(list.query);
  const removeSelected = useBulkDelete({
    check: checkBulkDelete,
    remove: bulkDelete,
    invalidates: TOUCHED,
    reason: t("expenses.someStay"),
    done: list.clearSelection,
  });
  const add = canCreate && <AddButton label={t("expenses.new")} to="/expenses/new" />;
  const { selection, onSelection, ...table } = list.table;
  return (
    <Page title={t("expenses.title")} actions={add}>
      <QueryView
        query={query}
        empty={{
          when: ({ expenses }) => expenses.length === 0 && !list.isSearching && list.query.page === 1,
          title: t("expenses.empty"),
          text: t("expenses.emptyText"),
          action: add,
        }}
      >
        {({ expenses, pagination }) => (
          <DataTable
            id="expenses"
            narrow={NARROW_COLUMNS}
            label={t("expenses.title")}
            rows={expenses}
            columns={columns}
            rowKey={(row) => row.id}
            onOpen={(row) => void navigate({ to: `/expenses/${row.id}` })}
            total={pagination.total}
            csvName="expenses"
            {...table}
            {...(canDelete && { selection, onSelection })}
            bulkActions={
              <Button size="xs" color="red" variant="light" onClick={() => void removeSelected(selection)}>
                {t("words.deleteSelected")}
              </Button>
            }
          />
        )}
      </QueryView>
    </Page>
  );
}
