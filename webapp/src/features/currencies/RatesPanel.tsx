import { Group, Modal, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { usePermission } from "@/app/boot";
import { confirmDelete } from "@/shared/confirm";
import { type Column, DataTable } from "@/shared/DataTable";
import { QueryView } from "@/shared/QueryView";
import { AddButton } from "@/shared/RecordList";
import { actionsColumn } from "@/shared/RowMenu";
import { useRemoval } from "@/shared/useAction";
import { useList } from "@/shared/useList";
import { type ExchangeRate, useExchangeRates } from "./api";
import { RateForm } from "./RateForm";

export function RatesPanel() {
  const { t } = useTranslation();
  const mayChange = usePermission("Preferences", "Mutate");
  const [opened, dialog] = useDisclosure(false);
  const removal = useRemoval(
    (id: number) => data(api.DELETE("/api/exchange-rates/{rate_id}", { params: { path: { rate_id: id } } })),
    ["exchange-rates", "audit-trail"],
  );
  const columns: Column<ExchangeRate>[] = [
    {
      key: "date",
      header: t("common.date"),
      value: (row) => row.date,
      render: (row) => row.formatted_date,
      sortKey: "date",
      width: 150,
    },
    { key: "from", header: t("words.currency"), value: (row) => row.from_currency, sortKey: "from_currency", width: 120 },
    { key: "rate", header: t("words.rate"), value: (row) => row.rate, sortKey: "rate", align: "end", width: 150 },
    { key: "to", header: t("currencies.in"), value: (row) => row.to_currency, sortKey: "to_currency", width: 100 },
    actionsColumn(t, {
      name: (row) => `${row.from_currency} ${row.formatted_date}`,
      actions: (row) => [
        mayChange && {
          label: t("common.delete"),
          danger: true,
          onClick: () =>
            confirmDelete({
              title: t("words.deleteOne", { name: `${row.from_currency} ${row.formatted_date}` }),
              text: t("currencies.deleteRateText"),
              confirm: () => removal.run(row.id),
            }),
        },
      ],
    }),
  ];
  const add = mayChange && <AddButton label={t("currencies.newRate")} onClick={dialog.open} />;
  const list = useList(columns, { key: "date", descending: true });
  const query = useExchangeRates(list.query);
  const { page, pageSize, onPage, sort, onSort } = list.table;
  return (
    <Stack>
      <Group justify="space-between">
        <Text size="sm" c="dimmed" maw={640}>
          {t("currencies.ratesText")}
        </Text>
        {add}
      </Group>
      <QueryView
        query={query}
        empty={{
          when: (found) => found.exchange_rates.length === 0 && list.query.page === 1,
          title: t("currencies.noRates"),
          text: t("currencies.noRatesText"),
        }}
      >
        {(found) => (
          <DataTable
            id="exchange-rates"
            label={t("currencies.rates")}
            rows={found.exchange_rates}
            columns={columns}
            rowKey={(row) => row.id}
            total={found.pagination.total}
            csvName="exchange-rates"
            {...{ page, pageSize, onPage, sort, onSort }}
          />
        )}
      </QueryView>
      <Modal opened={opened} onClose={dialog.close} title={t("currencies.newRate")}>
        <RateForm onDone={dialog.close} />
      </Modal>
    </Stack>
  );
}
