import { Paper, SimpleGrid, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Preview } from "./api";

interface FigureProps {
  label: string;
  value: string;
  hint?: string;
}

function Figure({ label, value, hint }: FigureProps) {
  return (
    <Paper withBorder p="sm">
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Text fw={650} style={{ overflowWrap: "anywhere" }}>
        <bdi>{value}</bdi>
      </Text>
      <Text size="xs" c="dimmed">
        {hint}
      </Text>
    </Paper>
  );
}

/** The files in six figures. */
export function Summary({ preview }: { preview: Preview }) {
  const { t } = useTranslation();
  const currencies = [...new Set(preview.commodities.map((item) => item.currency_code ?? item.commodity))];
  return (
    <SimpleGrid cols={{ base: 2, sm: 3, lg: 6 }} spacing="sm">
      <Figure
        label={t("journalImport.transactions")}
        value={String(preview.to_import)}
        hint={t("journalImport.ofTransactions", { count: preview.transactions })}
      />
      <Figure
        label={t("journalImport.period")}
        value={preview.formatted_first_date || "—"}
        hint={preview.formatted_last_date && t("journalImport.until", { day: preview.formatted_last_date })}
      />
      <Figure label={t("journalImport.currencies")} value={currencies.filter(Boolean).join(", ") || "—"} />
      <Figure
        label={t("journalImport.newAccounts")}
        value={String(preview.accounts_to_create)}
        hint={t("journalImport.newAccountsHint", { count: preview.accounts.length })}
      />
      <Figure
        label={t("journalImport.alreadyThere")}
        value={String(preview.already_there)}
        hint={t("journalImport.alreadyThereHint")}
      />
      <Figure
        label={t("journalImport.leftOut")}
        value={String(preview.left_out_count)}
        hint={preview.left_out_count > 0 ? t("journalImport.leftOutHint") : undefined}
      />
    </SimpleGrid>
  );
}
