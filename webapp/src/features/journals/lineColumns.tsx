import { Select, TextInput } from "@mantine/core";
import { useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { AccountPicker, useAccounts } from "@/shared/AccountPicker";
import { ContactPicker } from "@/shared/ContactPicker";
import { formatMoney } from "@/shared/format";
import { type LineColumn, parseAmount } from "@/shared/LineEditor";
import { MoneyInput } from "@/shared/MoneyInput";
import { useBranchChoices } from "./api";
import { balancing, contactKind, type JournalLine } from "./model";

interface LineContext {
  lines: JournalLine[];
  currency: string;
}

function accountTitle({ code, name }: { code: string | null; name: string }): string {
  return code ? `${code} · ${name}` : name;
}

function pastedAmount(text: string): string {
  return parseAmount(text)?.replace("-", "") ?? "";
}

/** The columns of a journal's lines. They stay the same while lines are typed, so that only the line that changes is drawn. */
export function useLineColumns(context: LineContext): LineColumn<JournalLine>[] {
  const { t } = useTranslation();
  const { data: accounts } = useAccounts();
  const { on: withBranches, branches } = useBranchChoices();
  const latest = useRef(context);
  useEffect(() => {
    latest.current = context;
  });
  const { currency } = context;

  return useMemo(() => {
    const byId = new Map(accounts?.map((account) => [account.id, account]));
    const byName = new Map(
      accounts?.flatMap((account) => [
        [account.name.toLowerCase(), account.id] as const,
        ...(account.code ? [[account.code.toLowerCase(), account.id] as const] : []),
      ]),
    );
    const kindOf = (line: JournalLine) => contactKind(byId.get(line.account_id ?? 0)?.account_type);
    const amount = (side: "debit" | "credit", other: "debit" | "credit"): LineColumn<JournalLine> => ({
      key: side,
      header: t(`journals.${side}`),
      align: "end",
      width: 140,
      text: (line) => formatMoney(line[side], currency),
      paste: (text) => {
        const pasted = pastedAmount(text);
        return pasted === "" ? {} : { [side]: pasted };
      },
      render: ({ line, change, label, error }) => (
        <MoneyInput
          aria-label={label}
          value={line[side]}
          error={error}
          allowNegative={false}
          onChange={(value) => {
            if (value !== line[side]) change(value ? { [side]: value, [other]: "" } : { [side]: value });
          }}
        />
      ),
    });

    const columns: LineColumn<JournalLine>[] = [
      {
        key: "account_id",
        header: t("journals.account"),
        width: 210,
        text: (line) => {
          const account = byId.get(line.account_id ?? 0);
          return account ? accountTitle(account) : "";
        },
        paste: (text) => {
          const id = byName.get(text.toLowerCase()) ?? byName.get(text.split(" ")[0]?.toLowerCase() ?? "");
          return id === undefined ? { note: text } : { account_id: id };
        },
        render: ({ line, change, label, error }) => (
          <AccountPicker
            aria-label={label}
            placeholder={t("journals.account")}
            openOnFocus={false}
            value={line.account_id}
            error={error}
            onChange={(id, account) => {
              const keepsContact = contactKind(account?.account_type) === kindOf(line);
              const suggested = id === null ? null : balancing(latest.current.lines, line.key);
              change({ account_id: id, ...(keepsContact ? {} : { contact_id: null }), ...suggested });
            }}
          />
        ),
      },
      {
        key: "note",
        header: t("journals.note"),
        width: 160,
        text: (line) => line.note,
        paste: (text) => ({ note: text }),
        render: ({ line, change, label, error }) => (
          <TextInput
            aria-label={label}
            value={line.note}
            error={error}
            onChange={(event) => change({ note: event.currentTarget.value })}
          />
        ),
      },
      {
        key: "contact_id",
        header: t("journals.contact"),
        width: 160,
        text: (line) => (line.contact_id === null ? "" : "…"),
        render: ({ line, change, label, error }) => {
          const kind = kindOf(line);
          if (!kind && line.contact_id === null) return null;
          return (
            <ContactPicker
              aria-label={label}
              kind={kind}
              value={line.contact_id}
              error={error}
              openOnFocus={false}
              onChange={(id) => change({ contact_id: id })}
            />
          );
        },
      },
      amount("debit", "credit"),
      amount("credit", "debit"),
    ];
    if (withBranches) {
      columns.push({
        key: "branch_id",
        header: t("journals.branch"),
        width: 160,
        text: (line) => branches.find((branch) => branch.id === line.branch_id)?.name ?? "",
        render: ({ line, change, label, error }) => (
          <Select
            aria-label={label}
            placeholder={t("journals.branchUsual")}
            searchable
            clearable
            openOnFocus={false}
            data={branches.map((branch) => ({ value: String(branch.id), label: branch.name }))}
            value={line.branch_id === null ? null : String(line.branch_id)}
            error={error}
            onChange={(id) => change({ branch_id: id === null ? null : Number(id) })}
          />
        ),
      });
    }
    return columns;
  }, [t, accounts, withBranches, branches, currency]);
}
