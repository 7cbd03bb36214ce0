import { useState } from "react";
import { useTranslation } from "react-i18next";
import { usePermission } from "@/app/boot";
import { activeColumn } from "@/shared/activeColumn";
import type { Column } from "@/shared/DataTable";
import { Page } from "@/shared/Page";
import { AddButton, type Edited, RecordDialog, RecordList } from "@/shared/RecordList";
import { actionsColumn, deleteAction } from "@/shared/RowMenu";
import { useAction, useRemoval } from "@/shared/useAction";
import { deleteTaxRate, setTaxRateActive, type TaxRate, TOUCHED, useTaxRates } from "./api";
import { TaxRateForm } from "./TaxRateForm";

const NARROW_COLUMNS = ["name", "rate", "actions"];

export default function TaxRatesPage() {
  const { t } = useTranslation();
  const query = useTaxRates();
  const canCreate = usePermission("TaxRate", "Create");
  const canEdit = usePermission("TaxRate", "Edit");
  const canDelete = usePermission("TaxRate", "Delete");
  const [edited, setEdited] = useState<Edited<TaxRate>>(null);
  const activity = useAction({
    call: (rate: TaxRate) => setTaxRateActive(rate.id, !rate.active),
    invalidates: TOUCHED,
    success: t("common.saved"),
  });
  const removal = useRemoval(deleteTaxRate, TOUCHED);
  const close = () => setEdited(null);

  const columns: Column<TaxRate>[] = [
    { key: "name", header: t("common.name"), value: (row) => row.name, width: 200 },
    { key: "code", header: t("common.code"), value: (row) => row.code, width: 120 },
    {
      key: "rate",
      header: t("taxRates.rate"),
      value: (row) => row.rate,
      render: (row) => row.rate_formatted,
      align: "end",
      width: 110,
    },
    { key: "description", header: t("common.description"), value: (row) => row.description, width: 220 },
    activeColumn(t),
    actionsColumn(t, {
      name: (row) => row.name,
      actions: (row) => [
        canEdit && { label: t("common.edit"), onClick: () => setEdited(row) },
        canEdit && { label: row.active ? t("words.inactivate") : t("words.activate"), onClick: () => void activity.run(row) },
        canDelete && deleteAction(t, row.name, () => removal.run(row.id)),
      ],
    }),
  ];

  const add = canCreate && <AddButton label={t("taxRates.new")} onClick={() => setEdited("new")} />;
  return (
    <Page title={t("taxRates.title")} actions={add}>
      <RecordList
        query={query}
        empty={{ title: t("taxRates.empty"), text: t("taxRates.emptyText"), action: add }}
        id="tax-rates"
        narrow={NARROW_COLUMNS}
        label={t("taxRates.title")}
        columns={columns}
        rowKey={(row) => row.id}
        onOpen={canEdit ? setEdited : undefined}
        csvName="tax-rates"
      />
      <RecordDialog
        subject="TaxRate"
        edited={edited}
        onClose={close}
        titles={{ new: t("taxRates.new"), edit: t("taxRates.edit") }}
      >
        {(rate) => <TaxRateForm rate={rate} onDone={close} />}
      </RecordDialog>
    </Page>
  );
}
