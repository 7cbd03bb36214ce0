import { Badge, Button, Modal } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { usePermission } from "@/app/boot";
import { type Column, DataTable } from "@/shared/DataTable";
import { Page } from "@/shared/Page";
import { QueryView } from "@/shared/QueryView";
import { actionsColumn, deleteAction } from "@/shared/RowMenu";
import { useAction } from "@/shared/useAction";
import { deleteTaxRate, setTaxRateActive, type TaxRate, TOUCHED, useTaxRates } from "./api";
import { TaxRateForm } from "./TaxRateForm";

export default function TaxRatesPage() {
  const { t } = useTranslation();
  const query = useTaxRates();
  const canCreate = usePermission("TaxRate", "Create");
  const canEdit = usePermission("TaxRate", "Edit");
  const canDelete = usePermission("TaxRate", "Delete");
  const [edited, setEdited] = useState<TaxRate | "new" | null>(null);
  const activity = useAction({
    call: (rate: TaxRate) => setTaxRateActive(rate.id, !rate.active),
    invalidates: TOUCHED,
    success: t("common.saved"),
  });
  const removal = useAction({
    call: deleteTaxRate,
    invalidates: TOUCHED,
    success: t("common.deleted"),
    failure: t("words.notDeleted"),
  });
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
    actionsColumn(t, {
      name: (row) => row.name,
      actions: (row) => [
        canEdit && { label: t("common.edit"), onClick: () => setEdited(row) },
        canEdit && { label: row.active ? t("words.inactivate") : t("words.activate"), onClick: () => void activity.run(row) },
        canDelete && deleteAction(t, row.name, () => removal.run(row.id)),
      ],
    }),
  ];

  const add = canCreate && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setEdited("new")}>
      {t("taxRates.new")}
    </Button>
  );
  return (
    <Page title={t("taxRates.title")} actions={add}>
      <QueryView
        query={query}
        empty={{ when: (rates) => rates.length === 0, title: t("taxRates.empty"), text: t("taxRates.emptyText"), action: add }}
      >
        {(rates) => (
          <DataTable
            id="tax-rates"
            label={t("taxRates.title")}
            rows={rates}
            columns={columns}
            rowKey={(row) => row.id}
            onOpen={canEdit ? setEdited : undefined}
            csvName="tax-rates"
          />
        )}
      </QueryView>
      <Modal opened={edited !== null} onClose={close} title={edited === "new" ? t("taxRates.new") : t("taxRates.edit")}>
        {edited !== null && <TaxRateForm rate={edited === "new" ? null : edited} onDone={close} />}
      </Modal>
    </Page>
  );
}
