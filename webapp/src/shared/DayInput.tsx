import "@mantine/dates/styles.css";
import { useDirection } from "@mantine/core";
import { DateInput, type DateInputProps } from "@mantine/dates";
import dayjs from "dayjs";
import customParseFormat from "dayjs/plugin/customParseFormat";
import { useTranslation } from "react-i18next";
import { useOrganization } from "@/app/boot";
import { dayTokens } from "./format";

dayjs.extend(customParseFormat);

const FORMS = ["YYYY-MM-DD", "DD.MM.YYYY", "DD/MM/YYYY", "D.M.YYYY", "D/M/YYYY", "DD MMM YYYY", "D MMM YYYY", "YYYYMMDD"];

/** The day that somebody typed, or null. */
export function parseDay(text: string, format: string): string | null {
  const parsed = dayjs(text.trim(), [format, ...FORMS], true);
  return parsed.isValid() ? parsed.format("YYYY-MM-DD") : null;
}

interface DayInputProps extends Omit<DateInputProps, "value" | "onChange"> {
  value: string | null;
  onChange: (value: string | null) => void;
}

/** A calendar day, typed or chosen; it has no time zone. */
export function DayInput({ value, onChange, ...rest }: DayInputProps) {
  const { t } = useTranslation();
  const rtl = useDirection().dir === "rtl";
  const format = dayTokens(useOrganization().date_format ?? "DD MMM YYYY");
  return (
    <DateInput
      valueFormat={format}
      dateParser={(text) => parseDay(text, format)}
      popoverProps={{ withinPortal: true }}
      previousLabel={t("common.earlier")}
      nextLabel={t("common.later")}
      hideOutsideDates
      styles={{ input: { direction: "ltr", textAlign: rtl ? "end" : "start" } }} // "25 Nov 2026" has one direction in all languages
      weekendDays={[]} // which days they are differs by country, and their colour is too pale
      {...rest}
      value={value}
      onChange={(next) => onChange(next ? dayjs(next).format("YYYY-MM-DD") : null)}
    />
  );
}
