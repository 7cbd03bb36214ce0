import { Badge, Button, Group, Modal, Stack, Tabs, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { usePermission } from "@/app/boot";
import { type Column, DataTable } from "@/shared/DataTable";
import { Page } from "@/shared/Page";
import { QueryView } from "@/shared/QueryView";
import { actionsColumn, deleteAction } from "@/shared/RowMenu";
import { useAction } from "@/shared/useAction";
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
  const [edited, setEdited] = useState<Currency | "new" | null>(null);
  const close = () => setEdited(null);
  const removal = useAction({
    call: (code: string) => data(api.DELETE("/api/currencies/{code}", { params: { path: { code } } })),
    invalidates: ["currencies", "audit-trail"],
    success: t("common.deleted"),
    failure: t("words.notDeleted"),
  });
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
        {mayChange && (
          <Button leftSection={<IconPlus size={16} />} onClick={() => setEdited("new")}>
            {t("currencies.new")}
          </Button>
        )}
      </Group>
      <QueryView query={query} empty={{ when: (rows) => rows.length === 0, title: t("currencies.empty") }}>
        {(rows) => (
          <DataTable
            id="currencies"
            label={t("currencies.title")}
            rows={rows}
            columns={columns}
            rowKey={(row) => row.id}
            onOpen={mayChange ? setEdited : undefined}
            csvName="currencies"
          />
        )}
      </QueryView>
      <Modal opened={edited !== null} onClose={close} title={edited === "new" ? t("currencies.new") : t("currencies.edit")}>
        {edited !== null && <CurrencyForm currency={edited === "new" ? null : edited} onDone={close} />}
      </Modal>
    </Stack>
  );
}
