import { Button, SegmentedControl } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useOrganization, usePermission } from "@/app/boot";
import { activeColumn } from "@/shared/activeColumn";
import { type Column, DataTable } from "@/shared/DataTable";
import { formatDate } from "@/shared/format";
import { Money } from "@/shared/Money";
import { Page } from "@/shared/Page";
import { QueryView } from "@/shared/QueryView";
import { AddButton } from "@/shared/RecordList";
import { useBulkDelete } from "@/shared/useBulkDelete";
import { useList } from "@/shared/useList";
import { bulkDelete, type Contact, checkBulkDelete, type Kind, pluralOf, touchedBy, useContacts } from "./api";

const NARROW_COLUMNS = ["display_name", "balance"];

type View = "active" | "unpaid" | "inactive";
const VIEWS: Record<View, object> = { active: {}, unpaid: { view_slug: "unpaid" }, inactive: { only_inactive: true } };

type TextKey = "display_name" | "company_name" | "email" | "work_phone" | "currency_code";

/** A text that the server sorts and filters by, under the name that it has in the answer. */
function text(key: TextKey, header: string, width: number): Column<Contact> {
  return { key, header, value: (row) => row[key], sortKey: key, filter: { type: "text" }, width };
}

function useColumns(kind: Kind): Column<Contact>[] {
  const { t } = useTranslation();
  const { date_format } = useOrganization();
  return useMemo(
    () => [
      text("display_name", t("common.name"), 220),
      text("company_name", t("contacts.company"), 180),
      text("email", t("contacts.email"), 200),
      text("work_phone", t("contacts.workPhone"), 140),
      { ...text("currency_code", t("words.currency"), 100), hiddenByDefault: true },
      {
        key: "created_at",
        header: t("contacts.createdAt"),
        value: (row) => row.created_at,
        render: (row) => formatDate(row.created_at, date_format ?? undefined),
        sortKey: "created_at",
        filter: { type: "date" },
        width: 130,
        hiddenByDefault: true,
      },
      activeColumn(t),
      {
        key: "balance",
        header: kind === "customer" ? t("contacts.balanceOwed") : t("contacts.balanceOwing"),
        value: (row) => row.balance,
        render: (row) => <Money value={row.balance} currency={row.currency_code} muted={row.balance === 0} />,
        align: "end",
        sortKey: "balance",
        filter: { type: "number" },
        width: 150,
      },
    ],
    [t, kind, date_format],
  );
}

/** All customers or all vendors with what is open. */
export function ContactsPage({ kind }: { kind: Kind }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const plural = pluralOf(kind);
  const subject = kind === "customer" ? "Customer" : "Vendor";
  const canCreate = usePermission(subject, "Create");
  const canDelete = usePermission(subject, "Delete");
  const [view, setView] = useState<View>("active");
  const columns = useColumns(kind);
  const list = useList(columns, { key: "display_name", descending: false });
  const query = useContacts(kind, { ...list.query, ...VIEWS[view] });
  const removeSelected = useBulkDelete({
    check: (ids) => checkBulkDelete(kind, ids),
    remove: (ids) => bulkDelete(kind, ids),
    invalidates: touchedBy(kind),
    reason: t("contacts.hasTransactions"),
    done: list.clearSelection,
  });
  const add = canCreate && <AddButton label={t(`${plural}.new`)} to={`/${plural}/new`} />;
  const { selection, onSelection, ...table } = list.table;
  return (
    <Page title={t(`${plural}.title`)} actions={add}>
      <QueryView
        query={query}
        empty={{
          when: ({ rows }) => rows.length === 0 && view === "active" && !list.isSearching && list.query.page === 1,
          title: t(`${plural}.empty`),
          text: t(`${plural}.emptyText`),
          action: add,
        }}
      >
        {({ rows, total }) => (
          <DataTable
            id={plural}
            narrow={NARROW_COLUMNS}
            label={t(`${plural}.title`)}
            rows={rows}
            columns={columns}
            rowKey={(row) => row.id}
            onOpen={(row) => void navigate({ to: `/${plural}/${row.id}` })}
            total={total}
            csvName={plural}
            {...table}
            {...(canDelete && { selection, onSelection })}
            bulkActions={
              <Button size="xs" color="red" variant="light" onClick={() => void removeSelected(selection)}>
                {t("words.deleteSelected")}
              </Button>
            }
            filters={
              <SegmentedControl
                size="xs"
                aria-label={t("contacts.viewLabel")}
                value={view}
                onChange={(next) => {
                  setView(next as View);
                  list.restart();
                }}
                data={[
                  { value: "active", label: t("contacts.viewActive") },
                  { value: "unpaid", label: t("contacts.viewUnpaid") },
                  { value: "inactive", label: t("contacts.viewInactive") },
                ]}
              />
            }
          />
        )}
      </QueryView>
    </Page>
  );
}
