import { Paper, SimpleGrid, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { type AgingKind, useAging, useBalanceSheet, useProfitLoss } from "./api";
import type { Target } from "./ChartCard";
import { AGING, BALANCE_SHEET, PROFIT_LOSS } from "./cards";
import { findNode, type Span } from "./series";

function Figure({ label, text, target }: { label: string; text: string | undefined; target: Target }) {
  return (
    <Paper
      withBorder
      p="md"
      component={Link}
      to={target.to}
      search={target.search as never}
      c="var(--mantine-color-text)"
      td="none"
      style={{ minWidth: 0 }}
    >
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      <Text fz={{ base: "md", sm: "xl" }} fw={650} truncate style={{ fontVariantNumeric: "tabular-nums" }}>
        {text || "—"}
      </Text>
    </Paper>
  );
}

function CashFigure({ span }: { span: Span }) {
  const { t } = useTranslation();
  const cash = findNode(useBalanceSheet(span).data ?? [], "CASH_EQUIVALENTS");
  return (
    <Figure label={t("dashboard.cash")} text={cash?.total.formatted_amount} target={{ to: BALANCE_SHEET, search: { ...span } }} />
  );
}

function NetFigure({ span }: { span: Span }) {
  const { t } = useTranslation();
  const net = findNode(useProfitLoss(span).data ?? [], "NET_INCOME");
  return (
    <Figure label={t("dashboard.net")} text={net?.total.formatted_amount} target={{ to: PROFIT_LOSS, search: { ...span } }} />
  );
}

function OpenFigure({ kind, day }: { kind: AgingKind; day: string }) {
  const { t } = useTranslation();
  const total = useAging(kind, day).data?.data.total.total;
  const label = kind === "receivable" ? t("dashboard.receivables") : t("dashboard.payables");
  return <Figure label={label} text={total?.formatted_amount} target={{ to: AGING[kind], search: { to: day } }} />;
}

export interface Allowed {
  balance: boolean;
  profit: boolean;
  receivable: boolean;
  payable: boolean;
}

/** The four figures that people look for first, each a link to its statement. */
export function Figures({ span, allowed }: { span: Span; allowed: Allowed }) {
  return (
    <SimpleGrid cols={{ base: 2, md: 4 }}>
      {allowed.balance && <CashFigure span={span} />}
      {allowed.profit && <NetFigure span={span} />}
      {allowed.receivable && <OpenFigure kind="receivable" day={span.to} />}
      {allowed.payable && <OpenFigure kind="payable" day={span.to} />}
    </SimpleGrid>
  );
}
