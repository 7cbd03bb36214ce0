import { Button, Group, Text } from "@mantine/core";
import { IconFilter, IconX } from "@tabler/icons-react";
import { useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useOrganization } from "@/app/boot";
import { formatDate } from "@/shared/format";
import { FilterPanel } from "./FilterPanel";
import { type Condition, type Filter, type FilterField, isUsable } from "./filter";

interface ChipsProps {
  fields: readonly FilterField[];
  filter: Filter;
  onChange: (filter: Condition[]) => void;
}

/** The active conditions; one click, or Enter on one, takes it away. */
function FilterChips({ fields, filter, onChange }: ChipsProps) {
  const { t } = useTranslation();
  const format = useOrganization().date_format ?? undefined;
  function partsOf({ field, operator, value }: Condition): { asked: string; shown: string } {
    const found = fields.find(({ key }) => key === field);
    if (!found) return { asked: "", shown: "" };
    const label = found.choices.find((choice) => choice.value === value)?.label;
    return {
      asked: `${found.label} ${t(`table.operators.${found.type}.${operator}`)}`,
      shown: label ?? (found.type === "date" ? formatDate(value, format) : value),
    };
  }
  return (
    <Group gap={6} role="group" aria-label={t("table.activeFilter")} className="no-print">
      {filter.map((condition, index) => {
        const { asked, shown } = partsOf(condition);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no other identity, and may be alike
          <Group key={index} gap={6} wrap="nowrap" maw="100%">
            {index > 0 && (
              <Text size="xs" c="dimmed">
                {t(`table.${condition.joint}`)}
              </Text>
            )}
            <Button
              size="compact-xs"
              variant="light"
              radius="xl"
              rightSection={<IconX size={12} aria-hidden />}
              aria-label={t("table.removeCondition", { text: `${asked} ${shown}` })}
              onClick={() => onChange(filter.filter((_, place) => place !== index))}
            >
              <span>
                {asked} <bdi>{shown}</bdi>
              </span>
            </Button>
          </Group>
        );
      })}
    </Group>
  );
}

/** The button that opens the filter's panel, and what stands below the tool bar: the panel, and the conditions that count. */
export function useFilters({ fields, filter, onChange }: ChipsProps) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  const active = filter.filter((condition) => isUsable(condition, fields));

  function close(): void {
    setOpened(false);
    button.current?.focus(); // what had the focus is gone
  }

  function change(next: Condition[]): void {
    onChange(next);
    close();
  }

  if (fields.length === 0) return { button: null, below: null };
  return {
    button: (
      <Button
        ref={button}
        variant={active.length > 0 ? "light" : "default"}
        px="sm"
        leftSection={<IconFilter size={16} aria-hidden />}
        aria-expanded={opened}
        aria-controls={opened ? id : undefined}
        onClick={() => setOpened(!opened)}
      >
        {active.length > 0 ? t("table.filterOf", { number: active.length }) : t("table.filter")}
      </Button>
    ),
    below: (
      <>
        {opened && <FilterPanel id={id} fields={fields} filter={active} onApply={change} onClose={close} />}
        {active.length > 0 && <FilterChips fields={fields} filter={active} onChange={change} />}
      </>
    ),
  };
}
