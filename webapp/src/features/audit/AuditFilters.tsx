import { Button, Group, NumberInput, Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { DayInput } from "@/shared/DayInput";
import { ACTIONS, type Filters, NO_FILTERS, SUBJECTS, useMembers } from "./api";

interface Props {
  value: Filters;
  onChange: (filters: Filters) => void;
}

export function AuditFilters({ value, onChange }: Props) {
  const { t } = useTranslation();
  const members = useMembers();
  const set = (change: Partial<Filters>) => onChange({ ...value, ...change });
  const filtered = Object.values(value).some((item) => item !== null);

  return (
    <Group gap="sm" align="end" role="search" aria-label={t("audit.filters")}>
      <Select
        label={t("audit.subject")}
        placeholder={t("audit.all")}
        data={SUBJECTS.map((item) => ({ value: item as string, label: t(`audit.subjects.${item}`) }))}
        value={value.subject}
        onChange={(subject) => set({ subject, subject_id: null })}
        clearable
        searchable
        w={180}
      />
      {value.subject && (
        <NumberInput
          label={t("audit.number")}
          value={value.subject_id ?? ""}
          onChange={(id) => set({ subject_id: typeof id === "number" && id > 0 ? id : null })}
          min={1}
          max={2147483647}
          allowDecimal={false}
          allowNegative={false}
          hideControls
          w={130}
        />
      )}
      <Select
        label={t("audit.action")}
        placeholder={t("audit.all")}
        data={ACTIONS.map((item) => ({ value: item as string, label: t(`history.actions.${item}`) }))}
        value={value.action}
        onChange={(action) => set({ action })}
        clearable
        w={150}
      />
      <Select
        label={t("audit.person")}
        placeholder={t("audit.all")}
        data={(members.data ?? []).map((member) => ({
          value: String(member.system_user_id),
          label: member.full_name || member.email,
        }))}
        value={value.user_id === null ? null : String(value.user_id)}
        onChange={(id) => set({ user_id: id === null ? null : Number(id) })}
        clearable
        searchable
        w={190}
      />
      <DayInput label={t("audit.from")} value={value.from_date} onChange={(from_date) => set({ from_date })} clearable w={150} />
      <DayInput label={t("audit.to")} value={value.to_date} onChange={(to_date) => set({ to_date })} clearable w={150} />
      {filtered && (
        <Button variant="subtle" onClick={() => onChange(NO_FILTERS)}>
          {t("audit.clear")}
        </Button>
      )}
    </Group>
  );
}
