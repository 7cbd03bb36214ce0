import { Badge, Group, Stack, Tabs, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { usePermission } from "@/app/boot";
import type { Column } from "@/shared/DataTable";
import { Page } from "@/shared/Page";
import { AddButton, type Edited, RecordDialog, RecordList } from "@/shared/RecordList";
import { actionsColumn, deleteAction } from "@/shared/RowMenu";
import { useRemoval } from "@/shared/useAction";
import { type Currency, useCurrencies } from "./api";
import { CurrencyForm } from "./CurrencyForm";
import { RatesPanel } from "./RatesPanel";

export default function CurrenciesPage() {
  const { t } = useTranslation();
  return (
    <Page title={t("currencies.title")}>
      <Tabs defaultValue="currencies" keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="currencies">{t("currencies.title")}</Tabs.Tab>
          <Tabs.Tab value="rates">{t("currencies.rates")}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="currencies">
          <CurrenciesPanel />
        </Tabs.Panel>
        <Tabs.Panel value="rates">
          <RatesPanel />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

function CurrenciesPanel() {
  const { t } = useTranslation();
  const mayChange = usePermission("Preferences", "Mutate");
  const query = useCurrencies();
  const [edited, setEdited] = useState<Edited<Currency>>(null);
  const close = () => setEdited(null);
  const removal = useRemoval(
    (code: string) => data(api.DELETE("/api/currencies/{code}", { params: { path: { code } } })),
    ["currencies", "audit-trail"],
  );
  const columns: Column<Currency>[] = [
    { key: "code", header: t("common.code"), value: (row) => row.currency_code, width: 90 },
    {
      key: "name",
      header: t("common.name"),
      value: (row) => row.currency_name,
      width: 220,
      render: (row) => (
        <Group gap="xs">
          {row.currency_name}
          {row.is_base_currency && <Badge variant="light">{t("currencies.base")}</Badge>}
        </Group>
      ),
    },
    { key: "sign", header: t("currencies.sign"), value: (row) => row.currency_sign, width: 80 },
    actionsColumn(t, {
      name: (row) => row.currency_name,
      actions: (row) => [
        mayChange && { label: t("common.edit"), onClick: () => setEdited(row) },
        mayChange && !row.is_base_currency && deleteAction(t, row.currency_name, () => removal.run(row.currency_code)),
      ],
    }),
  ];
  return (
    <Stack>
      <Group justify="space-between">
        <Text size="sm" c="dimmed" maw={640}>
          {t("currencies.text")}
        </Text>
        {mayChange && <AddButton label={t("currencies.new")} onClick={() => setEdited("new")} />}
      </Group>
      <RecordList
        query={query}
        empty={{ title: t("currencies.empty") }}
        id="currencies"
        label={t("currencies.title")}
        columns={columns}
        rowKey={(row) => row.id}
        onOpen={mayChange ? setEdited : undefined}
        csvName="currencies"
      />
      <RecordDialog
        subject="Currency"
        edited={edited}
        onClose={close}
        titles={{ new: t("currencies.new"), edit: t("currencies.edit") }}
      >
        {(currency) => <CurrencyForm currency={currency} onDone={close} />}
      </RecordDialog>
    </Stack>
  );
}
