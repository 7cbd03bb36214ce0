import { ActionIcon, Button, Checkbox, Group, Popover, Stack, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconBookmark, IconColumns3, IconDownload, IconSearch, IconTrash, IconX } from "@tabler/icons-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { SavedView } from "./memory";

interface SearchBoxProps {
  value: string;
  onChange: (text: string) => void;
  /** The server is asked only once typing pauses. */
  delay_ms: number;
}

function SearchBox({ value, onChange, delay_ms }: SearchBoxProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(value);
  const tell = useDebouncedCallback(onChange, delay_ms);
  const input = useRef<HTMLInputElement>(null);
  // While somebody types, what was asked before must not overwrite it.
  useEffect(() => {
    if (document.activeElement !== input.current) setText(value);
  }, [value]);
  function clear(): void {
    setText("");
    onChange("");
  }
  return (
    <TextInput
      ref={input}
      type="search"
      aria-label={t("table.search")}
      placeholder={t("table.search")}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={
        text && (
          <ActionIcon variant="subtle" color="gray" size="sm" aria-label={t("table.clearSearch")} onClick={clear}>
            <IconX size={14} />
          </ActionIcon>
        )
      }
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        tell(event.currentTarget.value);
      }}
      w={{ base: "100%", xs: 240 }}
    />
  );
}

interface ColumnMenuProps {
  columns: { key: string; header: string }[];
  hidden: string[];
  onChange: (hidden: string[] | null) => void;
}

function ColumnMenu({ columns, hidden, onChange }: ColumnMenuProps) {
  const { t } = useTranslation();
  const shown = columns.length - hidden.length;
  return (
    <Popover position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon variant="default" size="lg" aria-label={t("table.columns")} title={t("table.columns")}>
          <IconColumns3 size={18} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown mah={360} style={{ overflowY: "auto" }}>
        <Stack gap="xs">
          {columns.map((column) => {
            const visible = !hidden.includes(column.key);
            return (
              <Checkbox
                key={column.key}
                label={column.header}
                checked={visible}
                disabled={visible && shown === 1}
                onChange={() => onChange(visible ? [...hidden, column.key] : hidden.filter((key) => key !== column.key))}
              />
            );
          })}
          <Button size="compact-sm" variant="subtle" onClick={() => onChange(null)}>
            {t("table.resetColumns")}
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

interface ViewMenuProps {
  views: SavedView[];
  onApply: (view: SavedView) => void;
  onSave: (name: string) => void;
  onRemove: (name: string) => void;
}

function ViewMenu({ views, onApply, onSave, onRemove }: ViewMenuProps) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const [name, setName] = useState("");
  return (
    <Popover position="bottom-end" trapFocus returnFocus opened={opened} onChange={setOpened}>
      <Popover.Target>
        <ActionIcon
          variant="default"
          size="lg"
          aria-label={t("table.views")}
          title={t("table.views")}
          onClick={() => setOpened(!opened)}
        >
          <IconBookmark size={18} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs" miw={220}>
          {views.map((view) => (
            <Group key={view.name} gap="xs" wrap="nowrap" justify="space-between">
              <Button
                size="compact-sm"
                variant="subtle"
                onClick={() => {
                  onApply(view);
                  setOpened(false);
                }}
              >
                {view.name}
              </Button>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t("table.removeView", { name: view.name })}
                onClick={() => onRemove(view.name)}
              >
                <IconTrash size={14} />
              </ActionIcon>
            </Group>
          ))}
          <form
            onSubmit={(event) => {
              event.preventDefault();
              event.stopPropagation();
              if (!name.trim()) return;
              onSave(name.trim());
              setName("");
            }}
          >
            <Group gap="xs" align="end" wrap="nowrap">
              <TextInput
                size="xs"
                label={t("table.viewName")}
                maxLength={60}
                value={name}
                onChange={(event) => setName(event.currentTarget.value)}
              />
              <Button size="xs" type="submit" disabled={!name.trim()}>
                {t("table.saveView")}
              </Button>
            </Group>
          </form>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

interface ToolbarProps extends ViewMenuProps {
  search: SearchBoxProps;
  columns: ColumnMenuProps;
  filters?: ReactNode;
  onCsv?: () => void;
}

/** Search, filters and menus above a table. */
export function Toolbar({ search, columns, filters, onCsv, ...views }: ToolbarProps) {
  const { t } = useTranslation();
  return (
    <Group justify="space-between" gap="xs" wrap="wrap" className="no-print">
      <Group gap="xs" wrap="wrap" style={{ flexGrow: 1 }}>
        <SearchBox {...search} />
        {filters}
      </Group>
      <Group gap="xs">
        <ColumnMenu {...columns} />
        <ViewMenu {...views} />
        {onCsv && (
          <ActionIcon variant="default" size="lg" aria-label={t("table.csv")} title={t("table.csv")} onClick={onCsv}>
            <IconDownload size={18} />
          </ActionIcon>
        )}
      </Group>
    </Group>
  );
}

interface BulkBarProps {
  count: number;
  onClear: () => void;
  children: ReactNode;
}

/** What can be done with the selected rows. */
export function BulkBar({ count, onClear, children }: BulkBarProps) {
  const { t } = useTranslation();
  return (
    <Group gap="xs" role="region" aria-label={t("table.bulk")}>
      <span aria-live="polite">{t("table.selected", { count })}</span>
      {children}
      <Button size="xs" variant="subtle" onClick={onClear}>
        {t("table.clearSelection")}
      </Button>
    </Group>
  );
}
