import { ActionIcon, Badge, Group, SegmentedControl, Select, type SelectProps, Stack, Text } from "@mantine/core";
import { IconPencil } from "@tabler/icons-react";
import { Fragment, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAccountTypes } from "@/features/accounts/api";
import { AccountPicker, useAccounts } from "@/shared/AccountPicker";
import { type Column, DataTable } from "@/shared/DataTable";
import { formatMoney } from "@/shared/format";
import { CHOICE_BY_KEYBOARD } from "@/shared/markedOption";
import type { Preview } from "./api";
import { type AccountRow, type Choices, chooseAccount, chooseNew, filterRows, type Shown, targetOf } from "./choices";
import { DetailsForm } from "./DetailsForm";
import { useProblemText } from "./Problems";

/** Of a list in a row: its options are drawn only while it is open, and what is typed takes the place of what is chosen. */
const IN_ROW: Pick<SelectProps, "comboboxProps" | "onFocus" | "onClick"> = {
  comboboxProps: { withinPortal: true, width: "max-content", position: "bottom-start", keepMounted: false },
  onFocus: (event) => event.currentTarget.select(),
  onClick: (event) => event.currentTarget.select(),
};

interface AccountsTabProps {
  preview: Preview;
  choices: Choices;
  onChoices: (choices: Choices) => void;
  disabled: boolean;
}

/** Where each account of the files goes; every row can be sent elsewhere. */
export function AccountsTab({ preview, choices, onChoices, disabled }: AccountsTabProps) {
  const { t } = useTranslation();
  const [shown, setShown] = useState<Shown>("all");
  const [detailed, setDetailed] = useState<AccountRow | null>(null);
  const columns = useColumns({ choices, onChoices, disabled, onDetails: setDetailed });
  const hasProblems = preview.accounts.some((row) => row.problem);
  const filter = hasProblems || shown !== "problems" ? shown : "all";
  const rows = useMemo(() => filterRows(preview.accounts, filter), [preview.accounts, filter]);
  return (
    <>
      <DataTable
        id="journal-import-accounts"
        label={t("journalImport.tabAccounts", { count: preview.accounts.length })}
        rows={rows}
        columns={columns}
        rowKey={(row) => row.ledger_account}
        csvName="account-mapping"
        filters={
          <SegmentedControl
            aria-label={t("journalImport.show")}
            value={filter}
            onChange={(value) => setShown(value as Shown)}
            data={[
              { value: "all", label: t("journalImport.showAll") },
              { value: "problems", label: t("journalImport.showProblems"), disabled: !hasProblems },
              { value: "new", label: t("journalImport.showNew") },
            ]}
          />
        }
      />
      {detailed && (
        <DetailsForm
          row={detailed}
          target={targetOf(detailed, choices.accounts[detailed.ledger_account])}
          onClose={() => setDetailed(null)}
          onApply={(change) => {
            onChoices(chooseNew(choices, detailed, change));
            setDetailed(null);
          }}
        />
      )}
    </>
  );
}

interface ColumnsProps extends Omit<AccountsTabProps, "preview"> {
  onDetails: (row: AccountRow) => void;
}

function useColumns({ choices, onChoices, disabled, onDetails }: ColumnsProps): Column<AccountRow>[] {
  const { t } = useTranslation();
  const { data: types = [] } = useAccountTypes();
  const { data: accounts = [] } = useAccounts();
  const textOf = useProblemText();
  const labels = useMemo(() => new Map(types.map((type) => [type.key, type.label])), [types]);
  const typeOf = (row: AccountRow): string | null => {
    const target = targetOf(row, choices.accounts[row.ledger_account]);
    if (target.account_id === null) return target.account_type;
    return accounts.find((account) => account.id === target.account_id)?.account_type ?? target.account_type;
  };
  return [
    {
      key: "ledger_account",
      header: t("journalImport.ledgerAccount"),
      value: (row) => row.ledger_account,
      render: (row) => (
        <>
          <Text size="sm" style={{ overflowWrap: "break-word", whiteSpace: "normal" }}>
            <LedgerName name={row.ledger_account} />
          </Text>
          {row.problem && (
            <Text size="xs" c="var(--mantine-color-error)" style={{ whiteSpace: "normal" }}>
              {textOf(row.problem)}
            </Text>
          )}
        </>
      ),
      width: 220,
    },
    {
      key: "target",
      header: t("journalImport.goesTo"),
      value: (row) => targetOf(row, choices.accounts[row.ledger_account]).name,
      render: (row) => {
        const choice = choices.accounts[row.ledger_account];
        const target = targetOf(row, choice);
        const hint = t(`journalImport.source.${choice ? "chosen" : row.target.source}`);
        return (
          <Stack gap={2}>
            <AccountPicker
              size="xs"
              aria-label={t("journalImport.goesToOf", { name: row.ledger_account })}
              none={t("journalImport.newAccount")}
              {...IN_ROW}
              value={target.account_id}
              onChange={(id) => onChoices(chooseAccount(choices, row, id))}
              error={row.problem !== null}
              disabled={disabled}
            />
            {hint && (
              <Text size="xs" c="dimmed">
                {hint}
              </Text>
            )}
          </Stack>
        );
      },
      width: 230,
    },
    {
      key: "type",
      header: t("journalImport.type"),
      value: (row) => labels.get(typeOf(row) ?? "") ?? typeOf(row),
      render: (row) => {
        const target = targetOf(row, choices.accounts[row.ledger_account]);
        const type = typeOf(row);
        if (target.account_id !== null) return <Text size="sm">{labels.get(type ?? "") ?? type}</Text>;
        const renamed = target.name !== row.ledger_account;
        return (
          <Stack gap={2}>
            <Group gap={4} wrap="nowrap">
              <Select
                size="xs"
                {...CHOICE_BY_KEYBOARD}
                allowDeselect={false}
                {...IN_ROW}
                aria-label={t("journalImport.typeOf", { name: row.ledger_account })}
                placeholder={t("journalImport.typeUnknown")}
                data={types.map((item) => ({ value: item.key, label: item.label }))}
                value={type}
                onChange={(value) => onChoices(chooseNew(choices, row, { account_type: value ?? undefined }))}
                error={row.problem?.kind === "account_type_unknown"}
                disabled={disabled}
              />
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t("journalImport.details", { name: row.ledger_account })}
                onClick={() => onDetails(row)}
                disabled={disabled}
              >
                <IconPencil size={16} />
              </ActionIcon>
            </Group>
            {(renamed || target.code) && (
              <Group gap={4}>
                {renamed && <Text size="xs">{t("journalImport.named", { name: target.name })}</Text>}
                {target.code && (
                  <Badge size="sm" variant="default">
                    {t("journalImport.withCode", { code: target.code })}
                  </Badge>
                )}
              </Group>
            )}
          </Stack>
        );
      },
      width: 230,
    },
    { key: "postings", header: t("journalImport.postings"), value: (row) => row.postings, align: "end", width: 90 },
    totalColumn("debit", t("journalImport.debit")),
    totalColumn("credit", t("journalImport.credit")),
  ];
}

/** An account's path, which breaks between its parts. */
function LedgerName({ name }: { name: string }) {
  const parts = name.split(/(?<=:)/);
  return (
    <bdi>
      {parts.map((part, index) => (
        <Fragment key={parts.slice(0, index + 1).join("")}>
          {part}
          <wbr />
        </Fragment>
      ))}
    </bdi>
  );
}

/** What an account's postings come to, a line for each commodity. Sorted by the first. */
function totalColumn(side: "debit" | "credit", header: string): Column<AccountRow> {
  return {
    key: side,
    header,
    align: "end",
    width: 130,
    value: (row) => row.totals[0]?.[side] ?? 0,
    render: (row) =>
      row.totals
        .filter((total) => total[side] !== 0)
        .map((total) => (
          <div key={total.commodity} style={{ whiteSpace: "nowrap" }}>
            <bdi>{total.currency_code ? formatMoney(total[side], total.currency_code) : `${total[side]} ${total.commodity}`}</bdi>
          </div>
        )),
  };
}
