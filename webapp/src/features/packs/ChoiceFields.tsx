import { Checkbox, Group, Radio, Select, SimpleGrid, Stack } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useTranslation } from "react-i18next";
import { usePlaces } from "./api";
import { type Choice, PACK_COLUMNS, PACK_FORMATS, PACK_REPORTS } from "./packs";

/** Organizations, reports, formats and columns: what packs and schedules have in common. */
export function ChoiceFields<T extends Choice>({ form }: { form: UseFormReturnType<T> }) {
  const { t } = useTranslation();
  const places = usePlaces().data ?? [];
  const values: Choice = form.values;
  const set = (change: Partial<Choice>) => form.setValues(change as Partial<T>);
  return (
    <Stack gap="md">
      <Radio.Group
        label={t("packs.organizations")}
        description={t("packs.organizationsHint", { number: places.length })}
        value={values.all_organizations ? "all" : "this"}
        onChange={(value) => set({ all_organizations: value === "all" })}
      >
        <Stack gap={6} mt={6}>
          <Radio value="this" label={t("packs.thisOrganization")} />
          <Radio value="all" label={t("packs.allOrganizations")} />
        </Stack>
      </Radio.Group>
      <Checkbox.Group
        label={t("packs.reports")}
        withAsterisk
        value={values.reports}
        error={form.errors.reports}
        onChange={(reports) => set({ reports: PACK_REPORTS.filter((name) => reports.includes(name)) })}
      >
        <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing={6} mt={6}>
          {PACK_REPORTS.map((name) => (
            <Checkbox key={name} value={name} label={t(`reports.title.${name}`)} />
          ))}
        </SimpleGrid>
      </Checkbox.Group>
      <Checkbox.Group
        label={t("packs.formats")}
        withAsterisk
        value={values.formats}
        error={form.errors.formats}
        onChange={(formats) => set({ formats: PACK_FORMATS.filter((name) => formats.includes(name)) })}
      >
        <Group mt={6}>
          {PACK_FORMATS.map((name) => (
            <Checkbox key={name} value={name} label={name.toUpperCase()} />
          ))}
        </Group>
      </Checkbox.Group>
      <Select
        label={t("packs.columns")}
        description={t("packs.columnsHint")}
        data={PACK_COLUMNS.map((name) => ({ value: name, label: t(`reports.unit.${name}`) }))}
        value={values.columns}
        error={form.errors.columns}
        allowDeselect={false}
        maw={320}
        onChange={(columns) => set({ columns: (columns ?? "total") as Choice["columns"] })}
      />
    </Stack>
  );
}

/** What is missing of a choice, by field. */
export function missing(values: Choice, text: string): Record<string, string> {
  return {
    ...(values.reports.length ? {} : { reports: text }),
    ...(values.formats.length ? {} : { formats: text }),
  };
}
