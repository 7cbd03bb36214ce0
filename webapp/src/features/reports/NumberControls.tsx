import { Fieldset, Select, Stack, Switch } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { PartProps } from "./CustomiseDrawer";

const BY_CURRENCY = "currency";

/** How figures are written. */
export function NumberControls({ value, set }: PartProps) {
  const { t } = useTranslation();
  const places = [0, 1, 2, 3, 4, 5].map((precision) => ({ value: String(precision), label: String(precision) }));
  return (
    <Fieldset legend={t("reports.numberFormat")}>
      <Stack gap="sm">
        <Select
          label={t("reports.precision")}
          data={[{ value: BY_CURRENCY, label: t("reports.precisionOfCurrency") }, ...places]}
          value={value.precision === null ? BY_CURRENCY : String(value.precision)}
          allowDeselect={false}
          onChange={(chosen) => set({ precision: chosen === null || chosen === BY_CURRENCY ? null : Number(chosen) })}
        />
        <Select
          label={t("reports.negative.label")}
          data={[
            { value: "mines", label: "−1,234.00" },
            { value: "parentheses", label: "(1,234.00)" },
          ]}
          value={value.negative}
          allowDeselect={false}
          onChange={(chosen) => set({ negative: chosen === "parentheses" ? "parentheses" : "mines" })}
        />
        <Switch
          label={t("reports.thousands")}
          checked={value.thousands}
          onChange={(event) => set({ thousands: event.currentTarget.checked })}
        />
        <Switch
          label={t("reports.showZero")}
          checked={value.showZero}
          onChange={(event) => set({ showZero: event.currentTarget.checked })}
        />
      </Stack>
    </Fieldset>
  );
}
