import { SimpleGrid, Stack, Text } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useOrganization, usePermission } from "@/app/boot";
import { formatDate } from "@/shared/format";
import { Page } from "@/shared/Page";
import { QueryView } from "@/shared/QueryView";
import { EmptyState } from "@/shared/states";
import { today, useNewestDay } from "./api";
import { AgingCard, CashCard, ExpensesCard, IncomeCard, NetWorthCard } from "./cards";
import { Figures } from "./Figures";
import { GettingStarted } from "./GettingStarted";
import { span as spanOf } from "./series";

export default function DashboardPage() {
  const { t } = useTranslation();
  const { name } = useOrganization();
  const newest = useNewestDay();
  return (
    <Page title={name || t("dashboard.title")}>
      {newest.allowed ? (
        <QueryView query={newest.query}>{(day) => (day === null ? <GettingStarted /> : <Charts newest={day} />)}</QueryView>
      ) : (
        <Charts newest={null} />
      )}
    </Page>
  );
}

function Charts({ newest }: { newest: string | null }) {
  const { t } = useTranslation();
  const format = useOrganization().date_format ?? undefined;
  const span = useMemo(() => spanOf(newest, today()), [newest]);
  const allowed = {
    balance: usePermission("Report", "read-balance-sheet"),
    profit: usePermission("Report", "read-profit-loss"),
    receivable: usePermission("Report", "read-ar-aging-summary"),
    payable: usePermission("Report", "read-ap-aging-summary"),
  };
  if (!Object.values(allowed).some(Boolean)) {
    return <EmptyState title={t("dashboard.notAllowed")} text={t("dashboard.notAllowedText")} />;
  }
  return (
    <Stack gap="md">
      <Text c="dimmed" size="sm">
        <bdi>{t("dashboard.period", { from: formatDate(span.from, format), to: formatDate(span.to, format) })}</bdi>
      </Text>
      <Figures span={span} allowed={allowed} />
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        {allowed.balance && <CashCard span={span} />}
        {allowed.profit && <IncomeCard span={span} />}
        {allowed.balance && <NetWorthCard span={span} />}
        {allowed.profit && <ExpensesCard span={span} />}
        {allowed.receivable && <AgingCard kind="receivable" day={span.to} />}
        {allowed.payable && <AgingCard kind="payable" day={span.to} />}
      </SimpleGrid>
    </Stack>
  );
}
