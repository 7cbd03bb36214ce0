import { Badge, Group, Paper, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { formatMoney } from "@/shared/format";
import { History, useSeesHistory } from "@/shared/History";
import { Page } from "@/shared/Page";
import { QueryView } from "@/shared/QueryView";
import { type Journal, useJournal } from "./api";
import { JournalActions } from "./JournalActions";
import { EntryTable, LedgerTable } from "./JournalTables";
import { StatusBadge } from "./StatusBadge";

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Text size="sm" component="div" style={{ overflowWrap: "anywhere" }}>
        {children || "—"}
      </Text>
    </div>
  );
}

function Details({ journal }: { journal: Journal }) {
  const { t } = useTranslation();
  const seesHistory = useSeesHistory();
  const foreign = journal.exchange_rate !== 1;
  return (
    <Stack gap="lg">
      <Paper withBorder p="md">
        <SimpleGrid cols={{ base: 2, sm: 3, lg: 6 }}>
          <Fact label={t("journals.status")}>
            <StatusBadge published={journal.is_published} />
          </Fact>
          <Fact label={t("journals.date")}>{journal.formatted_date}</Fact>
          <Fact label={t("journals.reference")}>{journal.reference}</Fact>
          <Fact label={t("journals.amount")}>
            <Group gap="xs">
              {formatMoney(journal.amount, journal.currency_code)}
              {foreign && (
                <Badge variant="default">
                  {journal.currency_code} · {journal.exchange_rate}
                </Badge>
              )}
            </Group>
          </Fact>
          <Fact label={t("journals.publishedOn")}>{journal.formatted_published_at}</Fact>
          <Fact label={t("journals.created")}>{journal.formatted_created_at}</Fact>
        </SimpleGrid>
        {journal.description && <Text mt="sm">{journal.description}</Text>}
      </Paper>
      <section aria-labelledby="journal-lines">
        <Title order={2} id="journal-lines" mb="xs">
          {t("journals.lines")}
        </Title>
        <EntryTable journal={journal} />
      </section>
      <section aria-labelledby="journal-ledger">
        <Title order={2} id="journal-ledger" mb="xs">
          {t("journals.ledger")}
        </Title>
        {journal.is_published ? <LedgerTable journal={journal} /> : <Text c="dimmed">{t("journals.ledgerNone")}</Text>}
      </section>
      {seesHistory && (
        <section aria-labelledby="journal-history">
          <Title order={2} id="journal-history" mb="xs">
            {t("journals.history")}
          </Title>
          <History subject="ManualJournal" id={journal.id} />
        </section>
      )}
    </Stack>
  );
}

/** One journal: its lines, what they posted to the ledger, and who changed it. */
export default function JournalPage() {
  const { t } = useTranslation();
  const id = Number((useParams({ strict: false }) as { journalId?: string }).journalId);
  const query = useJournal(id);
  return (
    <Page
      title={t("journals.one", { number: query.data?.journal_number ?? "…" })}
      back="/journals"
      actions={query.data && <JournalActions journal={query.data} />}
    >
      <QueryView query={query}>{(journal) => <Details journal={journal} />}</QueryView>
    </Page>
  );
}
