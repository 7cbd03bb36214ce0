import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Page } from "@/shared/Page";
import { QueryView } from "@/shared/QueryView";
import { useJournal } from "./api";
import { JournalForm } from "./JournalForm";
import { valuesOf } from "./model";

export default function EditJournalPage() {
  const { t } = useTranslation();
  const id = Number((useParams({ strict: false }) as { journalId?: string }).journalId);
  const query = useJournal(id);
  return (
    <Page title={t("journals.editTitle", { number: query.data?.journal_number ?? "…" })} back={`/journals/${id}`}>
      <QueryView query={query}>
        {(journal) => (
          <JournalForm key={journal.id} id={journal.id} initial={valuesOf(journal)} published={journal.is_published} />
        )}
      </QueryView>
    </Page>
  );
}
