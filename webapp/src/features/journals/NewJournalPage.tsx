import { useSearch } from "@tanstack/react-router";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";
import { useOrganization } from "@/app/boot";
import { Page } from "@/shared/Page";
import { QueryView } from "@/shared/QueryView";
import { useJournal } from "./api";
import { JournalForm } from "./JournalForm";
import { copyOf, emptyValues } from "./model";

/** A new journal, empty or like the one that the address names (`?from=`). */
export default function NewJournalPage() {
  const { t } = useTranslation();
  const { base_currency } = useOrganization();
  const from = Number((useSearch({ strict: false }) as { from?: unknown }).from);
  const original = useJournal(Number.isInteger(from) && from > 0 ? from : null);
  const today = dayjs().format("YYYY-MM-DD");
  return (
    <Page title={t("journals.new")} back="/journals">
      {from > 0 ? (
        <QueryView query={original}>
          {(journal) => <JournalForm key={journal.id} id={null} initial={copyOf(journal, today)} published={false} />}
        </QueryView>
      ) : (
        <JournalForm key="new" id={null} initial={emptyValues(today, base_currency)} published={false} />
      )}
    </Page>
  );
}
