import { Group, Stack, Table, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import dayjs from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useOrganization } from "@/app/boot";
import { DayInput } from "@/shared/DayInput";
import { documentPath } from "@/shared/documents";
import { formatDate } from "@/shared/format";
import { QueryView } from "@/shared/QueryView";
import { EmptyState } from "@/shared/states";
import { type Kind, type Statement, useStatement } from "./api";

/** The transactions of one contact in a period, each with the balance after it. */
export function ContactStatement({ kind, id }: { kind: Kind; id: number }) {
  const { t } = useTranslation();
  const [from, setFrom] = useState(() => dayjs().startOf("year").subtract(1, "year").format("YYYY-MM-DD"));
  const [to, setTo] = useState(() => dayjs().format("YYYY-MM-DD"));
  const query = useStatement(kind, id, from, to);
  return (
    <Stack>
      <Group align="end">
        <DayInput label={t("words.from")} value={from} onChange={(day) => day && setFrom(day)} w={170} />
        <DayInput label={t("words.to")} value={to} onChange={(day) => day && setTo(day)} w={170} />
      </Group>
      <QueryView query={query}>
        {(statement) =>
          statement === null || (statement.transactions.length === 0 && statement.opening_balance.amount === 0) ? (
            <EmptyState title={t("contacts.noTransactions")} text={t("contacts.noTransactionsText")} />
          ) : (
            <StatementTable statement={statement} />
          )
        }
      </QueryView>
    </Stack>
  );
}

function StatementTable({ statement }: { statement: Statement }) {
  const { t } = useTranslation();
  const format = useOrganization().date_format ?? undefined;
  return (
    <Table.ScrollContainer minWidth={720}>
      <Table striped highlightOnHover aria-label={t("contacts.transactions")}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("common.date")}</Table.Th>
            <Table.Th>{t("contacts.kind")}</Table.Th>
            <Table.Th>{t("contacts.number")}</Table.Th>
            <Table.Th>{t("contacts.account")}</Table.Th>
            <Table.Th ta="end">{t("contacts.debit")}</Table.Th>
            <Table.Th ta="end">{t("contacts.credit")}</Table.Th>
            <Table.Th ta="end">{t("contacts.running")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          <BalanceRow label={t("contacts.openingRow")} amount={statement.opening_balance.formatted_amount} />
          {statement.transactions.map((row) => {
            const path = documentPath(row.reference_type, row.reference_id);
            return (
              <Table.Tr key={row.id}>
                <Table.Td style={{ whiteSpace: "nowrap" }}>{formatDate(row.date, format)}</Table.Td>
                <Table.Td>{path ? <Link to={path}>{row.transaction_type}</Link> : row.transaction_type}</Table.Td>
                <Table.Td>{row.transaction_number}</Table.Td>
                <Table.Td>{row.account_name}</Table.Td>
                <Table.Td ta="end">{row.debit.amount === 0 ? "" : row.debit.formatted_amount}</Table.Td>
                <Table.Td ta="end">{row.credit.amount === 0 ? "" : row.credit.formatted_amount}</Table.Td>
                <Table.Td ta="end">{row.running_balance.formatted_amount}</Table.Td>
              </Table.Tr>
            );
          })}
          <BalanceRow label={t("contacts.closingRow")} amount={statement.closing_balance.formatted_amount} />
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function BalanceRow({ label, amount }: { label: string; amount: string }) {
  return (
    <Table.Tr>
      <Table.Td colSpan={6}>
        <Text size="sm" fw={600}>
          {label}
        </Text>
      </Table.Td>
      <Table.Td ta="end" fw={600}>
        {amount}
      </Table.Td>
    </Table.Tr>
  );
}
