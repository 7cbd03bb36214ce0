import { ActionIcon, Button, Drawer, Group, NumberInput, Select, Stack } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconTrash } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data, type Schemas } from "@/api/client";
import { usePermission } from "@/app/boot";
import { confirmDelete } from "@/shared/confirm";
import type { Column } from "@/shared/DataTable";
import { formatInstant } from "@/shared/format";
import { Page } from "@/shared/Page";
import { AddButton, RecordList } from "@/shared/RecordList";
import { useSave } from "@/shared/useSave";
import { useAdministered, useSchedules } from "./api";
import { ChoiceFields } from "./ChoiceFields";
import { type Choice, COVERS, DAY_MAX, FIRST_CHOICE, fieldOf, missing, requestOf } from "./packs";

type Schedule = Schemas["ScheduleOut"];

interface Values extends Choice {
  day: number;
  covers: (typeof COVERS)[number];
}

function ScheduleForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const form = useForm<Values>({
    initialValues: { ...FIRST_CHOICE, day: 1, covers: "previous_month" },
    validate: (values) => ({
      ...missing(values, t("packs.chooseOne")),
      ...(values.day >= 1 && values.day <= DAY_MAX ? {} : { day: t("packs.required") }),
    }),
  });
  const save = useSave({
    call: ({ day, covers, ...choice }: Values) =>
      data(api.POST("/api/report-packs/schedules", { body: { ...requestOf(choice), day, covers } })),
    invalidates: ["report-packs"],
    success: t("packs.scheduled"),
    form,
    fieldOf,
    onSaved: onDone,
  });
  return (
    <form onSubmit={form.onSubmit((values) => save.submit(values))} noValidate>
      <Stack gap="md">
        <Group align="start" grow>
          <NumberInput
            label={t("packs.day")}
            description={t("packs.dayHint", { max: DAY_MAX })}
            withAsterisk
            min={1}
            max={DAY_MAX}
            allowDecimal={false}
            value={form.values.day}
            error={form.errors.day}
            onChange={(day) => form.setFieldValue("day", Number(day))}
          />
          <Select
            label={t("packs.coversTitle")}
            description={t("packs.coversHint")}
            data={COVERS.map((name) => ({ value: name, label: t(`packs.covers.${name}`) }))}
            value={form.values.covers}
            allowDeselect={false}
            error={form.errors.covers}
            onChange={(covers) => form.setFieldValue("covers", (covers ?? "previous_month") as Values["covers"])}
          />
        </Group>
        <ChoiceFields form={form} />
        <Group justify="end">
          <Button variant="default" onClick={onDone}>
            {t("common.cancel")}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {t("common.save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function useColumns(onDelete: (schedule: Schedule) => void): Column<Schedule>[] {
  const { t } = useTranslation();
  const names = new Map(useAdministered().map(({ id, label }) => [id, label]));
  const organizationsOf = ({ organization_ids, all_organizations }: Schedule) =>
    organization_ids?.map((id) => names.get(id) ?? id).join(", ") ?? t(`packs.scope.${all_organizations ? "all" : "this"}`);
  return [
    { key: "day", header: t("packs.day"), value: (item) => item.day, align: "end", width: 120 },
    {
      key: "next",
      header: t("packs.next"),
      value: (item) => item.next_at,
      render: (item) => formatInstant(item.next_at),
      width: 170,
    },
    { key: "covers", header: t("packs.coversTitle"), value: (item) => t(`packs.covers.${item.covers}`), width: 170 },
    {
      key: "reports",
      header: t("packs.reports"),
      value: (item) => item.reports.map((name) => t(`reports.title.${name}`)).join(", "),
      width: 260,
    },
    { key: "formats", header: t("packs.formats"), value: (item) => item.formats.join(", ").toUpperCase(), width: 120 },
    {
      key: "organizations",
      header: t("packs.organizations"),
      value: organizationsOf,
      width: 200,
    },
    {
      key: "delete",
      header: "",
      value: () => null,
      render: (item) => (
        <ActionIcon variant="subtle" color="red" aria-label={t("packs.endSchedule")} onClick={() => onDelete(item)}>
          <IconTrash size={16} />
        </ActionIcon>
      ),
      width: 60,
    },
  ];
}

/** Packs that are made every month. */
export default function SchedulesPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const query = useSchedules();
  const [adding, setAdding] = useState(false);
  const mayAdd = usePermission("Preferences", "Mutate");
  const end = async (schedule: Schedule) => {
    await data(api.DELETE("/api/report-packs/schedules/{schedule_id}", { params: { path: { schedule_id: schedule.id } } }));
    await client.invalidateQueries({ queryKey: ["report-packs"] });
  };
  const columns = useColumns((schedule) =>
    confirmDelete({
      title: t("packs.endSchedule"),
      text: t("packs.endScheduleText"),
      label: t("packs.endSchedule"),
      confirm: () => end(schedule),
    }),
  );
  const add = mayAdd && <AddButton label={t("packs.newSchedule")} onClick={() => setAdding(true)} />;
  return (
    <Page title={t("packs.schedules")} back="/packs" actions={add}>
      <RecordList
        query={query}
        empty={{ title: t("packs.noSchedules"), text: t("packs.noSchedulesText") }}
        id="pack-schedules"
        label={t("packs.schedules")}
        columns={columns}
        rowKey={(schedule) => schedule.id}
        plain
      />
      <Drawer opened={adding} onClose={() => setAdding(false)} position="right" size="lg" title={t("packs.newSchedule")}>
        <ScheduleForm onDone={() => setAdding(false)} />
      </Drawer>
    </Page>
  );
}
