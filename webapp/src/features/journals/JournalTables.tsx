import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useOrganization } from "@/app/boot";
import { useAccounts } from "@/shared/AccountPicker";
import { type Column, DataTable } from "@/shared/DataTable";
import { formatDate } from "@/shared/format";
import { Money } from "@/shared/Money";
import type { Journal } from "./api";
import { totals } from "./model";

type Entry = Journal["entries"][number];

/** A stored ledger line, the keys that are shown. */
interface LedgerLine {
  id: number;
  date: string;
  account_id: number;
  debit: number;
  credit: number;
  note: string | null;
}

interface WithAmounts {
  debit: number;
  credit: number;
}

function amountColumn<T extends WithAmounts>(side: "debit" | "credit", header: string, currency: string): Column<T> {
  return {
    key: side,
    header,
    align: "end",
    width: 140,
    value: (row) => row[side],
    render: (row) => (row[side] === 0 ? null : <Money value={row[side]} currency={currency} />),
  };
}

function sums(rows: WithAmounts[], currency: string) {
  const { debit, credit } = totals(rows.map((row) => ({ debit: String(row.debit), credit: String(row.credit) })));
  return {
    debit: <Money value={debit.toFixed()} currency={currency} />,
    credit: <Money value={credit.toFixed()} currency={currency} />,
  };
}

/** The lines as they were written, in the journal's currency. */
export function EntryTable({ journal }: { journal: Journal }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { currency_code: currency, entries } = journal;
  const columns = useMemo<Column<Entry>[]>(() => {
    const withContact = entries.some((entry) => entry.contact);
    const withBranch = entries.some((entry) => entry.branch);
    return [
      {
        key: "account",
        header: t("journals.account"),
        value: (entry) => entry.account.name,
        render: ({ account }) => (account.code ? `${account.code} · ${account.name}` : account.name),
        width: 200,
      },
      { key: "note", header: t("journals.note"), value: (entry) => entry.note, width: 180 },
      ...(withContact
        ? [
            {
              key: "contact",
              header: t("journals.contact"),
              value: (entry: Entry) => (entry.contact ? String(entry.contact.display_name ?? "") : null),
            },
          ]
        : []),
      ...(withBranch
        ? [{ key: "branch", header: t("journals.branch"), value: (entry: Entry) => entry.branch?.name ?? null }]
        : []),
      amountColumn<Entry>("debit", t("journals.debit"), currency),
      amountColumn<Entry>("credit", t("journals.credit"), currency),
    ];
  }, [t, entries, currency]);
  return (
    <DataTable
      id="journal-entries"
      label={t("journals.lines")}
      plain
      rows={entries}
      columns={columns}
      rowKey={(entry) => entry.id}
      onOpen={(entry) => void navigate({ to: `/accounts/${entry.account_id}` })}
      footer={{ account: t("journals.total"), ...sums(entries, currency) }}
    />
  );
}

/** What the journal posted, in base currency. */
export function LedgerTable({ journal }: { journal: Journal }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { base_currency: currency, date_format } = useOrganization();
  const { data: accounts } = useAccounts();
  const lines = journal.transactions as unknown as LedgerLine[];
  const columns = useMemo<Column<LedgerLine>[]>(() => {
    const names = new Map(
      accounts?.map((account) => [account.id, account.code ? `${account.code} · ${account.name}` : account.name]),
    );
    return [
      {
        key: "date",
        header: t("journals.date"),
        value: (line) => line.date.slice(0, 10),
        render: (line) => formatDate(line.date.slice(0, 10), date_format ?? undefined),
        width: 120,
      },
      {
        key: "account",
        header: t("journals.account"),
        value: (line) => names.get(line.account_id) ?? `#${line.account_id}`,
        width: 200,
      },
      { key: "note", header: t("journals.note"), value: (line) => line.note, width: 160 },
      amountColumn<LedgerLine>("debit", t("journals.baseDebit", { currency }), currency),
      amountColumn<LedgerLine>("credit", t("journals.baseCredit", { currency }), currency),
    ];
  }, [t, accounts, currency, date_format]);
  return (
    <DataTable
      id="journal-ledger"
      label={t("journals.ledger")}
      plain
      rows={lines}
      columns={columns}
      rowKey={(line) => line.id}
      onOpen={(line) => void navigate({ to: `/accounts/${line.account_id}` })}
      footer={{ account: t("journals.total"), ...sums(lines, currency) }}
    />
  );
}
