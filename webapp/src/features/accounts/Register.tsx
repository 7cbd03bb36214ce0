import { Group, Paper, Stack, Text } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useDeferredValue, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useOrganization } from "@/app/boot";
import { type Column, DataTable } from "@/shared/DataTable";
import { formatDate } from "@/shared/format";
import { Money } from "@/shared/Money";
import type { LedgerAccount, LedgerRow } from "./api";
import { documentPath } from "./range";

const NARROW_COLUMNS = ["date", "note", "debit", "credit", "balance"];

const NO_LINES: LedgerRow[] = [];

/** An account's lines with the balance after each. Only the rows in view are drawn. */
export function Register({ account, currency }: { account: LedgerAccount; currency: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const format = useOrganization().date_format ?? undefined;
  // The page stands before its lines are drawn: there may be a hundred thousand.
  const lines = useDeferredValue(account.transactions, NO_LINES);
  const columns = useMemo<Column<LedgerRow>[]>(
    () => [
      {
        key: "date",
        header: t("accounts.date"),
        value: (row) => row.date.slice(0, 10),
        render: (row) => formatDate(row.date.slice(0, 10), format),
        width: 105,
      },
      { key: "document", header: t("accounts.document"), value: (row) => row.transaction_type_formatted, width: 125 },
      { key: "number", header: t("accounts.number"), value: (row) => row.transaction_number, width: 90 },
      { key: "contact", header: t("accounts.contact"), value: (row) => row.contact_name, width: 130 },
      { key: "note", header: t("accounts.note"), value: (row) => row.note, width: 180 },
      {
        key: "debit",
        header: t("accounts.debit"),
        value: (row) => row.debit || null,
        render: (row) => (row.debit ? <Money value={row.debit} currency={row.currency_code} /> : null),
        align: "end",
        width: 120,
      },
      {
        key: "credit",
        header: t("accounts.credit"),
        value: (row) => row.credit || null,
        render: (row) => (row.credit ? <Money value={row.credit} currency={row.currency_code} /> : null),
        align: "end",
        width: 120,
      },
      {
        key: "balance",
        header: t("accounts.runningBalance"),
        value: (row) => row.running_balance,
        render: (row) => <Money value={row.running_balance} currency={row.currency_code} />,
        align: "end",
        width: 135,
      },
    ],
    [t, format],
  );
  const below = account.closing_balance_subaccounts;
  const open = (row: LedgerRow) => {
    const path = documentPath(row.reference_type, row.reference_id);
    if (path) void navigate({ to: path });
  };

  return (
    <Stack gap="sm">
      <Group gap="sm">
        <Figure label={t("accounts.opening")} text={account.opening_balance.formatted_amount} />
        <Figure label={t("accounts.closing")} text={account.closing_balance.formatted_amount} />
        {below && account.children.length > 0 && <Figure label={t("accounts.closingBelow")} text={below.formatted_amount} />}
        <Figure label={t("accounts.lines")} text={account.transactions.length.toLocaleString()} />
      </Group>
      {account.transactions.length === 0 ? (
        <Paper withBorder p="xl" ta="center">
          <Text fw={600}>{t("accounts.noLines")}</Text>
          <Text c="dimmed" size="sm">
            {t("accounts.noLinesText")}
          </Text>
        </Paper>
      ) : (
        <DataTable
          id="register"
          narrow={NARROW_COLUMNS}
          label={t("accounts.register")}
          rows={lines}
          columns={columns}
          rowKey={(row) => row.id}
          onOpen={open}
          csvName={`register-${account.code ?? account.id}`}
        />
      )}
      <Text size="xs" c="dimmed">
        {t("accounts.baseCurrency", { currency })}
      </Text>
    </Stack>
  );
}

function Figure({ label, text }: { label: string; text: string }) {
  return (
    <Paper withBorder px="md" py="xs">
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Text fw={600} style={{ fontVariantNumeric: "tabular-nums" }}>
        {text || "0"}
      </Text>
    </Paper>
  );
}
