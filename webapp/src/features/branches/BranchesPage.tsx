import { Badge, Button, Group } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { useFeature, usePermission } from "@/app/boot";
import { confirmDelete } from "@/shared/confirm";
import type { Column } from "@/shared/DataTable";
import { Page } from "@/shared/Page";
import { AddButton, type Edited, RecordDialog, RecordList } from "@/shared/RecordList";
import { actionsColumn, deleteAction } from "@/shared/RowMenu";
import { EmptyState } from "@/shared/states";
import { useAction, useRemoval } from "@/shared/useAction";
import { type Branch, useBranches } from "./api";
import { BranchForm } from "./BranchForm";

const NARROW_COLUMNS = ["name", "city", "actions"];

export default function BranchesPage() {
  const { t } = useTranslation();
  const isActive = useFeature("branches");
  const mayChange = usePermission("Preferences", "Mutate");
  const [edited, setEdited] = useState<Edited<Branch>>(null);
  const close = () => setEdited(null);
  return (
    <Page
      title={t("branches.title")}
      actions={isActive && mayChange && <AddButton label={t("branches.new")} onClick={() => setEdited("new")} />}
    >
      {isActive ? <BranchTable mayChange={mayChange} onEdit={setEdited} /> : <Activation mayChange={mayChange} />}
      <RecordDialog
        subject="Branch"
        edited={edited}
        onClose={close}
        size="lg"
        titles={{ new: t("branches.new"), edit: t("branches.edit") }}
      >
        {(branch) => <BranchForm branch={branch} onDone={close} />}
      </RecordDialog>
    </Page>
  );
}

function Activation({ mayChange }: { mayChange: boolean }) {
  const { t } = useTranslation();
  const activation = useAction({
    call: () => data(api.POST("/api/branches/activate")),
    invalidates: ["branches", "dashboard", "settings"],
    success: t("branches.activated"),
  });
  const ask = () =>
    confirmDelete({
      title: t("branches.activate"),
      text: t("branches.activateText"),
      label: t("branches.activate"),
      confirm: () => activation.run(undefined),
    });
  return (
    <EmptyState
      title={t("branches.inactive")}
      text={t("branches.inactiveText")}
      action={
        mayChange && (
          <Button onClick={ask} loading={activation.isPending}>
            {t("branches.activate")}
          </Button>
        )
      }
    />
  );
}

function BranchTable({ mayChange, onEdit }: { mayChange: boolean; onEdit: (branch: Branch) => void }) {
  const { t } = useTranslation();
  const query = useBranches();
  const invalidates = ["branches", "audit-trail"];
  const promotion = useAction({
    call: (id: number) => data(api.PUT("/api/branches/{branch_id}/mark-as-primary", { params: { path: { branch_id: id } } })),
    invalidates,
    success: t("common.saved"),
  });
  const removal = useRemoval(
    (id: number) => data(api.DELETE("/api/branches/{branch_id}", { params: { path: { branch_id: id } } })),
    invalidates,
  );
  const columns: Column<Branch>[] = [
    {
      key: "name",
      header: t("common.name"),
      value: (row) => row.name,
      width: 220,
      render: (row) => (
        <Group gap="xs">
          {row.name}
          {row.primary && <Badge variant="light">{t("branches.primary")}</Badge>}
        </Group>
      ),
    },
    { key: "code", header: t("common.code"), value: (row) => row.code, width: 110 },
    { key: "city", header: t("contacts.city"), value: (row) => row.city, width: 150 },
    { key: "country", header: t("contacts.country"), value: (row) => row.country, width: 150 },
    { key: "phone", header: t("contacts.phone"), value: (row) => row.phone_number, width: 150 },
    { key: "email", header: t("contacts.email"), value: (row) => row.email, width: 180, hiddenByDefault: true },
    actionsColumn(t, {
      name: (row) => row.name,
      actions: (row) => [
        mayChange && { label: t("common.edit"), onClick: () => onEdit(row) },
        mayChange && !row.primary && { label: t("branches.makePrimary"), onClick: () => void promotion.run(row.id) },
        mayChange && deleteAction(t, row.name, () => removal.run(row.id)),
      ],
    }),
  ];
  return (
    <RecordList
      query={query}
      empty={{ title: t("branches.empty") }}
      id="branches"
      narrow={NARROW_COLUMNS}
      label={t("branches.title")}
      columns={columns}
      rowKey={(row) => row.id}
      onOpen={mayChange ? onEdit : undefined}
      csvName="branches"
    />
  );
}
