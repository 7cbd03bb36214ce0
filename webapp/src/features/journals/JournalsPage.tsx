import { Button, Group, SegmentedControl } from "@mantine/core";
import { IconFileImport, IconPlus } from "@tabler/icons-react";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { usePermission } from "@/app/boot";
import { type Column, DataTable, fieldsOf, type RowKey } from "@/shared/DataTable";
import { Money } from "@/shared/Money";
import { Page } from "@/shared/Page";
import { QueryView } from "@/shared/QueryView";
import { type JournalQuestion, type JournalRow, PAGE_SIZE, type Status, useJournals } from "./api";
import { BulkDelete } from "./BulkDelete";
import { questionOf, searchOf } from "./question";
import { StatusBadge } from "./StatusBadge";

const NARROW_COLUMNS = ["date", "description", "amount"];

function useColumns(): Column<JournalRow>[] {
  const { t } = useTranslation();
  return useMemo(
    () => [
      {
        key: "date",
        header: t("journals.date"),
        value: (row) => row.date.slice(0, 10),
        render: (row) => row.formatted_date,
        sortKey: "date",
        filter: { type: "date" },
        width: 120,
      },
      {
        key: "journal_number",
        header: t("journals.number"),
        value: (row) => row.journal_number,
        render: (row) => <Link to={`/journals/${row.id}`}>{row.journal_number}</Link>,
        sortKey: "journal_number",
        filter: { type: "text" },
        width: 130,
      },
      {
        key: "reference",
        header: t("journals.reference"),
        value: (row) => row.reference,
        sortKey: "reference",
        filter: { type: "text" },
        width: 140,
      },
      {
        key: "description",
        header: t("journals.description"),
        value: (row) => row.description,
        sortKey: "description",
        filter: { type: "text" },
        width: 220,
      },
      { key: "lines", header: t("journals.lineCount"), value: (row) => row.entries.length, align: "end", hiddenByDefault: true },
      {
        key: "status",
        header: t("journals.status"),
        value: (row) => t(row.is_published ? "journals.published" : "journals.draft"),
        render: (row) => <StatusBadge published={row.is_published} />,
        sortKey: "status",
        width: 110,
      },
      { key: "currency", header: t("journals.currency"), value: (row) => row.currency_code, hiddenByDefault: true },
      {
        key: "amount",
        header: t("journals.amount"),
        value: (row) => row.amount,
        render: (row) => <Money value={row.amount} currency={row.currency_code} />,
        align: "end",
        sortKey: "amount",
        filter: { type: "number" },
        width: 140,
      },
      {
        key: "created_at",
        header: t("journals.created"),
        value: (row) => row.created_at,
        render: (row) => row.formatted_created_at,
        sortKey: "created_at",
        filter: { type: "date" },
        hiddenByDefault: true,
      },
    ],
    [t],
  );
}

/** All manual journals. What is searched, filtered and sorted stands in the address, so that "back" finds it again. */
export default function JournalsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const question = questionOf(useSearch({ strict: false }));
  const columns = useColumns();
  const journals = useJournals(question, fieldsOf(columns));
  const mayCreate = usePermission("ManualJournal", "Create");
  const mayDelete = usePermission("ManualJournal", "Delete");
  const [selection, setSelection] = useState<Set<RowKey>>(new Set());

  function ask(change: Partial<JournalQuestion>): void {
    void navigate({ to: "/journals", search: searchOf({ ...question, page: 1, ...change }) as never, replace: true });
  }

  const create = mayCreate && (
    <Group gap="xs" justify="center">
      <Button component={Link} to="/journal-import" variant="default" leftSection={<IconFileImport size={16} aria-hidden />}>
        {t("journals.importFile")}
      </Button>
      <Button component={Link} to="/journals/new" leftSection={<IconPlus size={16} aria-hidden />}>
        {t("journals.new")}
      </Button>
    </Group>
  );
  const unfiltered = question.status === "all" && !question.search && question.filter.length === 0;
  return (
    <Page title={t("journals.title")} actions={create}>
      <QueryView
        query={journals}
        empty={{
          when: (list) => unfiltered && list.pagination.total === 0,
          title: t("journals.empty"),
          text: t("journals.emptyText"),
          action: create,
        }}
      >
        {(list) => (
          <DataTable
            id="journals"
            narrow={NARROW_COLUMNS}
            label={t("journals.title")}
            csvName="journals"
            rows={list.manual_journals}
            columns={columns}
            rowKey={(row) => row.id}
            onOpen={(row) => void navigate({ to: `/journals/${row.id}` })}
            total={list.pagination.total ?? 0}
            page={question.page}
            pageSize={PAGE_SIZE}
            onPage={(page) => ask({ page })}
            sort={question.sort}
            onSort={(sort) => ask({ sort })}
            search={question.search}
            onSearch={(search) => ask({ search })}
            filter={question.filter}
            onFilter={(filter) => ask({ filter })}
            onView={({ search, sort, filter }) => ask({ search, sort, filter })}
            selection={mayDelete ? selection : undefined}
            onSelection={mayDelete ? setSelection : undefined}
            bulkActions={<BulkDelete ids={[...selection].map(Number)} onDone={() => setSelection(new Set())} />}
            filters={
              <SegmentedControl
                aria-label={t("journals.status")}
                value={question.status}
                onChange={(status) => ask({ status: status as Status })}
                data={(["all", "draft", "published"] as const).map((value) => ({ value, label: t(`journals.${value}`) }))}
              />
            }
          />
        )}
      </QueryView>
    </Page>
  );
}
