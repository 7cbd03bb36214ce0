import { useNavigate } from "@tanstack/react-router";
import { lazy } from "react";
import { useTranslation } from "react-i18next";
import { useOrganization } from "@/app/boot";
import { formatMoney, formatMonth } from "@/shared/format";
import { QueryView } from "@/shared/QueryView";
import { type AgingKind, useAging, useBalanceSheet, useProfitLoss } from "./api";
import { type CardRow, ChartCard, type Target } from "./ChartCard";
import type { ChartSeries, Datum } from "./charts";
import { type Aged, ages, biggestExpenses, flows, monthly, type Span } from "./series";

const Chart = lazy(() => import("./charts"));
const EXPENSES_MAX = 8;

export const BALANCE_SHEET = "/reports/balance-sheet";
export const PROFIT_LOSS = "/reports/profit-loss-sheet";
export const AGING: Record<AgingKind, string> = {
  receivable: "/reports/receivable-aging-summary",
  payable: "/reports/payable-aging-summary",
};

function report(to: string, span: Span, byMonth = false): Target {
  return { to, search: { from: span.from, to: span.to, ...(byMonth ? { columns: "month" } : {}) } };
}

interface BodyProps {
  title: string;
  help: string;
  kind: "area" | "bars" | "ranking";
  target: Target;
  heading: string;
  series: ChartSeries[];
  places: { key: string; label: string; amounts: number[]; target: Target }[];
}

/** A chart and its table of the same places; a click opens what lies behind a place. */
function Body({ title, help, kind, target, heading, series, places }: BodyProps) {
  const navigate = useNavigate();
  const currency = useOrganization().base_currency;
  const data: Datum[] = places.map((place) => ({
    label: place.label,
    ...Object.fromEntries(series.map((item, index) => [item.name, place.amounts[index] ?? 0])),
  }));
  const rows: CardRow[] = places.map(({ key, label, amounts, target }) => ({
    key,
    label,
    cells: amounts.map((amount) => formatMoney(amount, currency)),
    target,
  }));
  const choose = (index: number) => {
    const place = places[index];
    if (place) void navigate(place.target);
  };
  return (
    <ChartCard title={title} help={help} target={target} columns={[heading, ...series.map((item) => item.label)]} rows={rows}>
      <Chart kind={kind} rows={data} series={series} currency={currency} onChoose={choose} />
    </ChartCard>
  );
}

function BalanceCard({ span, id, name, color }: { span: Span; id: string; name: "cashOverTime" | "netWorth"; color: string }) {
  const { t } = useTranslation();
  const sheet = useBalanceSheet(span);
  return (
    <QueryView query={sheet}>
      {(nodes) => (
        <Body
          title={t(`dashboard.${name}`)}
          help={t(name === "netWorth" ? "dashboard.netWorthHelp" : "dashboard.cashHelp")}
          kind="area"
          target={report(BALANCE_SHEET, span, true)}
          heading={t("dashboard.month")}
          series={[{ name: "amount", label: t(name === "netWorth" ? "dashboard.netWorth" : "dashboard.cash"), color }]}
          places={monthly(nodes, id).map((point) => ({
            key: point.from,
            label: formatMonth(point.from),
            amounts: [point.amount],
            target: report(BALANCE_SHEET, point),
          }))}
        />
      )}
    </QueryView>
  );
}

export function CashCard({ span }: { span: Span }) {
  return <BalanceCard span={span} id="CASH_EQUIVALENTS" name="cashOverTime" color="blue.6" />;
}

export function NetWorthCard({ span }: { span: Span }) {
  return <BalanceCard span={span} id="EQUITY" name="netWorth" color="violet.6" />;
}

export function IncomeCard({ span }: { span: Span }) {
  const { t } = useTranslation();
  const sheet = useProfitLoss(span);
  return (
    <QueryView query={sheet}>
      {(nodes) => (
        <Body
          title={t("dashboard.incomeExpense")}
          help={t("dashboard.incomeExpenseHelp")}
          kind="bars"
          target={report(PROFIT_LOSS, span, true)}
          heading={t("dashboard.month")}
          series={[
            { name: "income", label: t("dashboard.income"), color: "teal.6" },
            { name: "expense", label: t("dashboard.expense"), color: "orange.6" },
          ]}
          places={flows(nodes).map((flow) => ({
            key: flow.from,
            label: formatMonth(flow.from),
            amounts: [flow.income, flow.expense],
            target: report(PROFIT_LOSS, flow),
          }))}
        />
      )}
    </QueryView>
  );
}

export function ExpensesCard({ span }: { span: Span }) {
  const { t } = useTranslation();
  const sheet = useProfitLoss(span);
  return (
    <QueryView query={sheet}>
      {(nodes) => (
        <Body
          title={t("dashboard.biggestExpenses")}
          help={t("dashboard.biggestExpensesHelp")}
          kind="ranking"
          target={report(PROFIT_LOSS, span)}
          heading={t("dashboard.account")}
          series={[{ name: "amount", label: t("dashboard.amount"), color: "orange.6" }]}
          places={biggestExpenses(nodes, EXPENSES_MAX).map((share) => ({
            key: share.key,
            label: share.name,
            amounts: [share.amount],
            target: { to: `/accounts/${share.key}`, search: { from_date: span.from, to_date: span.to } },
          }))}
        />
      )}
    </QueryView>
  );
}

export function AgingCard({ kind, day }: { kind: AgingKind; day: string }) {
  const { t } = useTranslation();
  const aging = useAging(kind, day);
  const label = ({ from, to }: Aged) => {
    if (from === null) return t("dashboard.current");
    return to === null ? t("dashboard.daysMore", { from: from - 1 }) : t("dashboard.days", { from, to });
  };
  const target: Target = { to: AGING[kind], search: { to: day } };
  const receivable = kind === "receivable";
  return (
    <QueryView query={aging}>
      {(found) => (
        <Body
          title={receivable ? t("dashboard.receivablesByAge") : t("dashboard.payablesByAge")}
          help={receivable ? t("dashboard.receivablesHelp") : t("dashboard.payablesHelp")}
          kind="bars"
          target={target}
          heading={t("dashboard.age")}
          series={[{ name: "amount", label: t("dashboard.amount"), color: receivable ? "teal.6" : "red.6" }]}
          places={(found.data.total.total.amount === 0 ? [] : ages(found.data.total)).map((age) => ({
            key: age.key,
            label: label(age),
            amounts: [age.amount],
            target,
          }))}
        />
      )}
    </QueryView>
  );
}
