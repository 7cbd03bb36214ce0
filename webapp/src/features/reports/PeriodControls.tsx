import { Group, Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { DayInput } from "@/shared/DayInput";
import { earlier, later, PRESETS, type Preset, UNITS } from "./days";
import type { ReportDefinition } from "./definitions";
import { type Parameters, type Today, withPreset } from "./parameters";

interface PeriodControlsProps {
  report: ReportDefinition;
  parameters: Parameters;
  today: Today;
  onChange: (parameters: Parameters) => void;
}

/** The days of a sheet, and the length of its columns. */
export function PeriodControls({ report, parameters, today, onChange }: PeriodControlsProps) {
  const { t } = useTranslation();
  const range = report.controls.dates === "range";
  const presets = [...PRESETS, "custom"].map((name) => ({ value: name, label: t(`reports.preset.${name}`) }));
  const setFrom = (from: string | null) => {
    if (from) onChange({ ...parameters, preset: "custom", from, to: later(from, parameters.to) });
  };
  const setTo = (to: string | null) => {
    if (to) onChange({ ...parameters, preset: "custom", to, from: earlier(to, parameters.from) });
  };
  return (
    <Group gap="xs" align="end" className="no-print">
      <Select
        label={t("reports.dateRange")}
        data={presets}
        value={parameters.preset}
        allowDeselect={false}
        w={190}
        onChange={(preset) => onChange(withPreset(parameters, (preset ?? "custom") as Preset | "custom", today))}
      />
      {range && <DayInput label={t("reports.from")} value={parameters.from} onChange={setFrom} w={140} />}
      <DayInput label={t(range ? "reports.to" : "reports.asOf")} value={parameters.to} onChange={setTo} w={140} />
      {report.controls.columns && (
        <Select
          label={t("reports.columns")}
          data={(["total", ...UNITS] as const).map((unit) => ({ value: unit, label: t(`reports.unit.${unit}`) }))}
          value={parameters.columns}
          allowDeselect={false}
          w={130}
          onChange={(columns) => onChange({ ...parameters, columns: (columns ?? "total") as Parameters["columns"] })}
        />
      )}
    </Group>
  );
}
