import { Badge, Button, SegmentedControl } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { Link, useNavigate } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useOrganization, usePermission } from "@/app/boot";
import { type Column, DataTable } from "@/shared/DataTable";
import { formatDate } from "@/shared/format";
import { Money } from "@/shared/Money";
import { Page } from "@/shared/Page";
import { QueryView } from "@/shared/QueryView";
import { useBulkDelete } from "@/shared/useBulkDelete";
import { useList } from "@/shared/useList";
import { bulkDelete, type Contact, checkBulkDelete, type Kind, pluralOf, touchedBy, useContacts } from "./api";

type View = "active" | "unpaid" | "inactive";
const VIEWS: Record<View, object> = { active: {}, unpaid: { view_slug: "unpaid" }, inactive: { only_inactive: true } };

function useColumns(kind: Kind): Column<Contact>[] {
  const { t } = useTranslation();
  const { date_format } = useOrganization();
  return useMemo(
    () => [
      {
        key: "display_name",
        header: t("common.name"),
        value: (row) => row.display_name,
        sortKey: "display_name",
        filter: { type: "text" },
        width: 220,
      },
      {
        key: "company_name",
        header: t("contacts.company"),
        value: (row) => row.company_name,
        sortKey: "company_name",
        filter: { type: "text" },
        width: 180,
      },
      {
        key: "email",
        header: t("contacts.email"),
        value: (row) => row.email,
        sortKey: "email",
        filter: { type: "text" },
        width: 200,
      },
      {
        key: "work_phone",
        header: t("contacts.workPhone"),
        value: (row) => row.work_phone,
        sortKey: "work_phone",
        filter: { type: "text" },
        width: 140,
      },
      {
        key: "currency_code",
        header: t("words.currency"),
        value: (row) => row.currency_code,
        sortKey: "currency_code",
        filter: { type: "text" },
        width: 100,
        hiddenByDefault: true,
      },
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
      {
        key: "status",
        header: t("words.status"),
        value: (row) => (row.active ? t("common.active") : t("common.inactive")),
        render: (row) => (
          <Badge variant="light" color={row.active ? "teal" : "gray"}>
            {row.active ? t("common.active") : t("common.inactive")}
          </Badge>
        ),
        width: 110,
      },
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
  const add = canCreate && (
    <Button component={Link} to={`/${plural}/new`} leftSection={<IconPlus size={16} />}>
      {t(`${plural}.new`)}
    </Button>
  );
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
