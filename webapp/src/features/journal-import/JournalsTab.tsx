import { Badge, Group, Paper, Stack, Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Schemas } from "@/api/client";
import { useOrganization } from "@/app/boot";
import { Money } from "@/shared/Money";
import type { Preview } from "./api";

type PlannedJournal = Schemas["ImportJournalOut"];

/** The first transactions as they would be posted. */
export function JournalsTab({ preview }: { preview: Preview }) {
  const { t } = useTranslation();
  if (preview.journals.length === 0) return <Text c="dimmed">{t("journalImport.noJournals")}</Text>;
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {t("journalImport.firstOf", { shown: preview.journals.length, count: preview.to_import })}
      </Text>
      {preview.journals.map((journal) => (
        <JournalCard key={`${journal.file}:${journal.line}`} journal={journal} />
      ))}
    </Stack>
  );
}

function JournalCard({ journal }: { journal: PlannedJournal }) {
  const { t } = useTranslation();
  const base = useOrganization().base_currency;
  const { currency_code: currency, exchange_rate: rate } = journal;
  return (
    <Paper withBorder p="sm">
      <Group gap="xs" mb={4}>
        <Text size="sm" fw={600}>
          <bdi>{journal.formatted_date}</bdi>
        </Text>
        <Text size="sm" style={{ overflowWrap: "anywhere" }}>
          {journal.description}
        </Text>
        {journal.reference && <Badge variant="default">{journal.reference}</Badge>}
        {currency !== base && <Badge variant="default">{t("journalImport.rateOf", { currency, rate, base })}</Badge>}
        <Text size="xs" c="dimmed" ms="auto">
          {t("journalImport.place", { file: journal.file, line: journal.line })}
        </Text>
      </Group>
      <Table.ScrollContainer minWidth={420}>
        <Table withRowBorders={false} verticalSpacing={2}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("journalImport.account")}</Table.Th>
              <Table.Th>{t("journalImport.note")}</Table.Th>
              <Table.Th ta="end">{t("journalImport.debit")}</Table.Th>
              <Table.Th ta="end">{t("journalImport.credit")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {journal.lines.map((line, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place
              <Table.Tr key={index}>
                <Table.Td>{line.account}</Table.Td>
                <Table.Td>{line.note}</Table.Td>
                <Table.Td ta="end">{line.debit !== 0 && <Money value={line.debit} currency={currency} />}</Table.Td>
                <Table.Td ta="end">{line.credit !== 0 && <Money value={line.credit} currency={currency} />}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Paper>
  );
}
