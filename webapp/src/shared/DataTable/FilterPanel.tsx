import { ActionIcon, Button, Group, NativeSelect, Paper, Stack, Text, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { type FormEvent, type KeyboardEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { DayInput } from "@/shared/DayInput";
import { MoneyInput } from "@/shared/MoneyInput";
import { CONDITIONS_MAX, type Condition, type Filter, type FilterField, isUsable, OPERATORS, VALUE_LENGTH_MAX } from "./filter";

interface Draft extends Condition {
  id: number;
}

let drafted = 0;

function newDraft(field: FilterField): Draft {
  const value = field.type === "choice" ? (field.choices[0]?.value ?? "") : "";
  return { id: ++drafted, joint: "and", field: field.key, operator: OPERATORS[field.type][0], value };
}

interface ValueInputProps {
  field: FilterField;
  label: string;
  value: string;
  error?: string;
  onChange: (value: string) => void;
}

function ValueInput({ field, label, value, error, onChange }: ValueInputProps) {
  const common = { "aria-label": label, size: "xs", error, flex: 1 } as const;
  if (field.type === "number") return <MoneyInput {...common} value={value} onChange={onChange} />;
  if (field.type === "date") return <DayInput {...common} value={value || null} onChange={(day) => onChange(day ?? "")} />;
  if (field.type === "choice")
    return (
      <NativeSelect
        {...common}
        data={[...field.choices]}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  return (
    <TextInput {...common} maxLength={VALUE_LENGTH_MAX} value={value} onChange={(event) => onChange(event.currentTarget.value)} />
  );
}

interface RowProps {
  fields: readonly FilterField[];
  draft: Draft;
  number: number;
  wrong: boolean;
  onChange: (draft: Draft) => void;
  onRemove: () => void;
}

/** One condition: and/or, column, operator, value. */
function ConditionRow({ fields, draft, number, wrong, onChange, onRemove }: RowProps) {
  const { t } = useTranslation();
  const field = fields.find(({ key }) => key === draft.field);
  if (!field) return null;
  return (
    <Group gap="xs" align="start" role="group" aria-label={t("table.condition", { number })}>
      {number === 1 ? (
        <Text size="sm" w={72} pt={4}>
          {t("table.where")}
        </Text>
      ) : (
        <NativeSelect
          size="xs"
          w={72}
          aria-label={t("table.joint")}
          data={["and", "or"].map((value) => ({ value, label: t(`table.${value}`) }))}
          value={draft.joint}
          onChange={(event) => onChange({ ...draft, joint: event.currentTarget.value === "or" ? "or" : "and" })}
        />
      )}
      <NativeSelect
        size="xs"
        aria-label={t("table.column")}
        data={fields.map(({ key, label }) => ({ value: key, label }))}
        value={field.key}
        onChange={(event) => {
          const chosen = fields.find(({ key }) => key === event.currentTarget.value);
          if (chosen) onChange({ ...newDraft(chosen), id: draft.id, joint: draft.joint });
        }}
      />
      <NativeSelect
        size="xs"
        aria-label={t("table.operator")}
        data={OPERATORS[field.type].map((value) => ({ value, label: t(`table.operators.${field.type}.${value}`) }))}
        value={draft.operator}
        onChange={(event) => {
          const operator = OPERATORS[field.type].find((known) => known === event.currentTarget.value);
          if (operator) onChange({ ...draft, operator });
        }}
      />
      <Group gap="xs" align="start" wrap="nowrap" w={{ base: "100%", xs: 240 }}>
        <ValueInput
          field={field}
          label={t("table.value")}
          value={draft.value}
          error={wrong ? t("table.valueMissing") : undefined}
          onChange={(value) => onChange({ ...draft, value })}
        />
        <ActionIcon variant="subtle" color="gray" aria-label={t("table.dropCondition", { number })} onClick={onRemove}>
          <IconX size={16} />
        </ActionIcon>
      </Group>
    </Group>
  );
}

interface PanelProps {
  id: string;
  fields: readonly FilterField[];
  filter: Filter;
  onApply: (filter: Condition[]) => void;
  onClose: () => void;
}

/** Where conditions are put together. They count once they are applied; Enter does that, Escape leaves. */
export function FilterPanel({ id, fields, filter, onApply, onClose }: PanelProps) {
  const { t } = useTranslation();
  const panel = useRef<HTMLFormElement>(null);
  const [tried, setTried] = useState(false);
  const [drafts, setDrafts] = useState<Draft[]>(() => {
    const known = filter.filter(({ field }) => fields.some(({ key }) => key === field));
    if (known.length > 0) return known.map((condition) => ({ ...condition, id: ++drafted }));
    return fields[0] ? [newDraft(fields[0])] : [];
  });
  const isWrong = (draft: Draft) => !isUsable(draft, fields);

  function apply(event: FormEvent): void {
    event.preventDefault();
    event.stopPropagation();
    setTried(true);
    const wrong = drafts.findIndex(isWrong);
    if (wrong >= 0) {
      const rows = panel.current?.querySelectorAll('[role="group"]');
      const inputs = rows?.[wrong]?.querySelectorAll<HTMLElement>("input, select");
      inputs?.[inputs.length - 1]?.focus();
      return;
    }
    onApply(drafts.map(({ id: _, ...condition }) => condition));
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.stopPropagation();
    onClose();
  }

  return (
    <Paper
      ref={panel}
      id={id}
      component="form"
      withBorder
      p="sm"
      aria-label={t("table.filter")}
      onSubmit={apply}
      onKeyDown={onKeyDown}
      noValidate
      className="no-print"
    >
      <Stack gap="xs">
        {drafts.map((draft, index) => (
          <ConditionRow
            key={draft.id}
            fields={fields}
            draft={draft}
            number={index + 1}
            wrong={tried && isWrong(draft)}
            onChange={(next) => setDrafts(drafts.map((other) => (other.id === draft.id ? next : other)))}
            onRemove={() => setDrafts(drafts.filter((other) => other.id !== draft.id))}
          />
        ))}
        {drafts.length > 2 && (
          <Text size="xs" c="dimmed">
            {t("table.order")}
          </Text>
        )}
        <Group gap="xs">
          <Button
            size="xs"
            variant="subtle"
            leftSection={<IconPlus size={14} />}
            disabled={drafts.length >= CONDITIONS_MAX}
            onClick={() => fields[0] && setDrafts([...drafts, newDraft(fields[0])])}
          >
            {t("table.addCondition")}
          </Button>
          <Button size="xs" type="submit">
            {t("table.applyFilter")}
          </Button>
          <Button size="xs" variant="default" onClick={() => onApply([])}>
            {t("table.clearFilter")}
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}
