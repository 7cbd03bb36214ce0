import { Button, Group, Paper, Select, Stack } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useNavigate } from "@tanstack/react-router";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { useOrganization } from "@/app/boot";
import { DEFAULT_PRESET, PRESETS, type Preset, presetRange } from "@/features/reports/days";
import { DayInput } from "@/shared/DayInput";
import { fiscalMonth } from "@/shared/fiscal";
import { Page } from "@/shared/Page";
import { useSave } from "@/shared/useSave";
import { ChoiceFields } from "./ChoiceFields";
import { type Choice, FIRST_CHOICE, fieldOf, missing, requestOf } from "./packs";

interface Values extends Choice {
  preset: Preset | "custom";
  from_date: string | null;
  to_date: string | null;
}

/** Have reports made in one go. */
export default function NewPackPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const month = fiscalMonth(useOrganization().fiscal_year);
  const rangeOf = (preset: Preset) => {
    const { from, to } = presetRange(preset, dayjs().format("YYYY-MM-DD"), month);
    return { from_date: from, to_date: to };
  };
  const form = useForm<Values>({
    initialValues: { ...FIRST_CHOICE, preset: DEFAULT_PRESET, ...rangeOf(DEFAULT_PRESET) },
    validate: (values) => ({
      ...missing(values, t("packs.chooseOne")),
      ...(values.from_date ? {} : { from_date: t("packs.required") }),
      ...(values.to_date ? {} : { to_date: t("packs.required") }),
      ...(values.from_date && values.to_date && values.from_date > values.to_date ? { to_date: t("packs.inverted") } : {}),
    }),
  });
  const start = useSave({
    call: ({ from_date, to_date, ...choice }: Values) =>
      data(api.POST("/api/report-packs", { body: { ...requestOf(choice), from_date, to_date } })),
    invalidates: ["report-packs"],
    success: t("packs.started"),
    form,
    fieldOf,
    onSaved: ({ id }) => void navigate({ to: `/packs/${id}` } as never),
  });
  const setDay = (change: Partial<Values>) => form.setValues({ preset: "custom", ...change });
  return (
    <Page title={t("packs.new")} back="/packs">
      <Paper withBorder p="md" maw={860}>
        <form onSubmit={form.onSubmit((values) => start.submit(values))} noValidate>
          <Stack gap="lg">
            <Group align="start">
              <Select
                label={t("reports.dateRange")}
                data={[...PRESETS, "custom"].map((name) => ({ value: name, label: t(`reports.preset.${name}`) }))}
                value={form.values.preset}
                allowDeselect={false}
                onChange={(chosen) => {
                  const preset = PRESETS.find((name) => name === chosen);
                  form.setValues(preset ? { preset, ...rangeOf(preset) } : { preset: "custom" });
                }}
              />
              <DayInput
                label={t("reports.from")}
                withAsterisk
                value={form.values.from_date}
                error={form.errors.from_date}
                onChange={(from_date) => setDay({ from_date })}
              />
              <DayInput
                label={t("reports.to")}
                withAsterisk
                value={form.values.to_date}
                error={form.errors.to_date}
                onChange={(to_date) => setDay({ to_date })}
              />
            </Group>
            <ChoiceFields form={form} />
            <Group justify="end">
              <Button variant="default" onClick={() => void navigate({ to: "/packs" } as never)}>
                {t("common.cancel")}
              </Button>
              <Button type="submit" loading={start.isPending}>
                {t("packs.start")}
              </Button>
            </Group>
          </Stack>
        </form>
      </Paper>
    </Page>
  );
}
