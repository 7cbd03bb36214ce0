import { Checkbox, Group, Radio, Select, SimpleGrid, Stack } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useTranslation } from "react-i18next";
import { useAdministered } from "./api";
import { OrganizationList } from "./OrganizationList";
import { type Choice, PACK_COLUMNS, PACK_FORMATS, PACK_REPORTS, SCOPES } from "./packs";

/** Organizations, reports, formats and columns: what packs and schedules have in common. */
export function ChoiceFields<T extends Choice>({ form }: { form: UseFormReturnType<T> }) {
  const { t } = useTranslation();
  const places = useAdministered();
  const values: Choice = form.values;
  const set = (change: Partial<Choice>) => form.setValues(change as Partial<T>);
  return (
    <Stack gap="md">
      <Radio.Group
        label={t("packs.organizations")}
        description={t("packs.organizationsHint", { number: places.length })}
        value={values.scope}
        onChange={(chosen) => set({ scope: SCOPES.find((scope) => scope === chosen) ?? "this" })}
      >
        <Stack gap={6} mt={6}>
          {SCOPES.map((scope) => (
            <Radio key={scope} value={scope} label={t(`packs.scope.${scope}`)} />
          ))}
        </Stack>
      </Radio.Group>
      {values.scope === "chosen" && (
        <OrganizationList
          places={places}
          value={values.organization_ids}
          error={form.errors.organization_ids}
          onChange={(organization_ids) => set({ organization_ids })}
        />
      )}
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
