import "@mantine/charts/styles.css";
import { AreaChart, BarChart } from "@mantine/charts";
import { useDirection } from "@mantine/core";
import i18next from "i18next";
import { formatMoney } from "@/shared/format";
import { CHART_HEIGHT } from "./ChartCard";

/** One place on the axis: `label` and an amount for each series' name. */
export type Datum = { label: string } & Record<string, string | number>;

export interface ChartSeries {
  name: string;
  label: string;
  color: string;
}

interface Props {
  kind: "area" | "bars" | "ranking";
  rows: Datum[];
  series: ChartSeries[];
  currency: string;
  /** A click on the place with this number. */
  onChoose: (index: number) => void;
}

const TICK = { fontSize: 12, fill: "currentColor" };

/** Short figures for an axis, such as 12K. */
function short(value: number): string {
  return new Intl.NumberFormat(`${i18next.language || "en"}-u-nu-latn`, {
    notation: "compact",
    maximumFractionDigits: 1,
  }).format(value);
}

/** Where a click fell; recharts tells it as a number or as its text. */
function chosen(state: unknown): number | null {
  const index = (state as { activeTooltipIndex?: number | string | null } | null)?.activeTooltipIndex;
  const number = index === null || index === undefined || index === "" ? Number.NaN : Number(index);
  return Number.isInteger(number) ? number : null;
}

export default function Chart({ kind, rows, series, currency, onChoose }: Props) {
  const rtl = useDirection().dir === "rtl";
  const onClick = (state: unknown) => {
    const index = chosen(state);
    if (index !== null) onChoose(index);
  };
  const common = {
    h: CHART_HEIGHT,
    data: rows,
    dataKey: "label",
    series,
    valueFormatter: (value: number) => formatMoney(value, currency),
    withLegend: series.length > 1,
    legendProps: { verticalAlign: "bottom" as const, itemSorter: null },
    accessibilityLayer: false,
    tickLine: "none" as const,
    style: { cursor: "pointer" },
  };
  // Beside the axis on its outer side; the charts' own place is for the left one.
  const outer = rtl ? { orientation: "right" as const, tick: { ...TICK, transform: "translate(10, 0)" } } : {};
  const monthAxis = { reversed: rtl, interval: "equidistantPreserveStart" as const };
  const amountAxis = { tickFormatter: short, width: 56, ...outer };

  if (kind === "area") {
    return (
      <AreaChart
        {...common}
        curveType="linear"
        withDots={false}
        xAxisProps={monthAxis}
        yAxisProps={amountAxis}
        areaChartProps={{ onClick }}
      />
    );
  }
  if (kind === "bars") {
    return <BarChart {...common} xAxisProps={monthAxis} yAxisProps={amountAxis} barChartProps={{ onClick }} />;
  }
  return (
    <BarChart
      {...common}
      orientation="vertical"
      gridAxis="none"
      xAxisProps={{ tickFormatter: short, reversed: rtl }}
      yAxisProps={{ width: 130, ...outer }}
      barChartProps={{ onClick }}
    />
  );
}
