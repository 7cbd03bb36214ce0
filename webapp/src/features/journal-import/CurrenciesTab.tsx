import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Schemas } from "@/api/client";
import { CurrencySelect } from "@/features/currencies/CurrencySelect";
import { type Column, DataTable } from "@/shared/DataTable";
import type { Preview } from "./api";
import { type Choices, chooseCurrency } from "./choices";
import { useProblemText } from "./Problems";

type Commodity = Schemas["ImportCommodityOut"];

interface CurrenciesTabProps {
  preview: Preview;
  choices: Choices;
  onChoices: (choices: Choices) => void;
  disabled: boolean;
}

/** Which currency each commodity is, and whether its rate is known. */
export function CurrenciesTab({ preview, choices, onChoices, disabled }: CurrenciesTabProps) {
  const { t } = useTranslation();
  const textOf = useProblemText();
  const nameOf = (row: Commodity) => row.commodity || t("journalImport.noCommodity");
  const columns: Column<Commodity>[] = [
    {
      key: "commodity",
      header: t("journalImport.commodity"),
      value: nameOf,
      render: (row) => (
        <>
          {nameOf(row)}
          {row.problem && (
            <Text size="xs" c="var(--mantine-color-error)">
              {textOf(row.problem)}
            </Text>
          )}
        </>
      ),
      width: 240,
    },
    {
      key: "currency",
      header: t("journalImport.currency"),
      value: (row) => row.currency_code,
      render: (row) => (
        <CurrencySelect
          size="xs"
          aria-label={t("journalImport.currencyOf", { commodity: nameOf(row) })}
          value={choices.currencies[row.commodity] ?? row.currency_code ?? ""}
          onChange={(code) => onChoices(chooseCurrency(choices, row.commodity, code))}
          error={row.problem?.kind === "currency_unknown"}
          disabled={disabled}
        />
      ),
      width: 200,
    },
    { key: "rate", header: t("journalImport.rate"), value: (row) => t(`journalImport.rates.${row.rate}`), width: 200 },
    { key: "postings", header: t("journalImport.postings"), value: (row) => row.postings, align: "end", width: 90 },
  ];
  return (
    <DataTable
      id="journal-import-currencies"
      label={t("journalImport.currencies")}
      plain
      rows={preview.commodities}
      columns={columns}
      rowKey={(row) => row.commodity}
    />
  );
}
