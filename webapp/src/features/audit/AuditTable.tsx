import { ActionIcon, Anchor, Badge, Box, Table, Text } from "@mantine/core";
import { IconChevronDown, IconChevronUp } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { differences, type Reader, summary } from "@/shared/changes";
import { formatInstant } from "@/shared/format";
import { ChangeTable } from "@/shared/History";
import { useChangeReader } from "@/shared/useChangeReader";
import { type AuditEntry, recordPath } from "./api";

const COLORS: Record<string, string> = { created: "green", deleted: "red", edited: "blue" };

export function AuditTable({ entries }: { entries: readonly AuditEntry[] }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  const read = useChangeReader();
  const toggle = (id: number) =>
    setOpened((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });

  return (
    <Table.ScrollContainer minWidth={720}>
      <Table verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("audit.when")}</Table.Th>
            <Table.Th>{t("audit.who")}</Table.Th>
            <Table.Th>{t("audit.action")}</Table.Th>
            <Table.Th>{t("audit.what")}</Table.Th>
            <Table.Th>{t("audit.changes")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {entries.map((entry) => (
            <EntryRow key={entry.id} entry={entry} read={read} opened={opened.has(entry.id)} onToggle={() => toggle(entry.id)} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

interface RowProps {
  entry: AuditEntry;
  read: Reader;
  opened: boolean;
  onToggle: () => void;
}

function EntryRow({ entry, read, opened, onToggle }: RowProps) {
  const { t } = useTranslation();
  const changes = useMemo(() => differences(entry.before, entry.after, read), [entry.before, entry.after, read]);
  const { count, fields } = summary(changes);
  const whole = entry.before === null || entry.after === null;
  const told = whole
    ? t("audit.whole", { total: count })
    : count === 0
      ? t("audit.noFields")
      : t(count === 1 ? "audit.fieldsOne" : "audit.fieldsMany", { total: count, fields });
  const path = entry.action === "deleted" ? null : recordPath(entry.subject, entry.subject_id);
  const name = recordName(entry) ?? (entry.subject === "Account" ? read("account_id", entry.subject_id) : undefined);
  const label = `${t(`audit.subjects.${entry.subject}`, { defaultValue: entry.subject })} ${name ?? entry.subject_id}`;

  return (
    <>
      <Table.Tr>
        <Table.Td style={{ whiteSpace: "nowrap" }}>
          <time dateTime={entry.at}>{formatInstant(entry.at)}</time>
        </Table.Td>
        <Table.Td style={{ whiteSpace: "nowrap" }}>{entry.user_name || t("audit.somebody")}</Table.Td>
        <Table.Td>
          <Badge variant="dot" color={COLORS[entry.action] ?? "gray"} style={{ flexShrink: 0, minWidth: "max-content" }}>
            {t(`history.actions.${entry.action}`, { defaultValue: entry.action })}
          </Badge>
        </Table.Td>
        <Table.Td>
          {path ? (
            <Anchor component={Link} to={path} size="sm">
              {label}
            </Anchor>
          ) : (
            label
          )}
        </Table.Td>
        <Table.Td>
          <Box style={{ display: "flex", alignItems: "center", gap: "var(--mantine-spacing-xs)" }}>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-expanded={opened}
              aria-label={t(opened ? "audit.hide" : "audit.details", { id: entry.id })}
              onClick={onToggle}
            >
              {opened ? <IconChevronUp size={16} /> : <IconChevronDown size={16} />}
            </ActionIcon>
            <Text size="sm" lineClamp={2}>
              {told}
            </Text>
          </Box>
        </Table.Td>
      </Table.Tr>
      {opened && (
        <Table.Tr>
          <Table.Td colSpan={5} bg="var(--mantine-color-default-hover)">
            <ChangeTable changes={changes} />
            <Text size="xs" c="dimmed" style={{ overflowWrap: "anywhere" }}>
              {t("audit.seal")}: <code>{entry.hash}</code>
            </Text>
          </Table.Td>
        </Table.Tr>
      )}
    </>
  );
}

const NAMES = ["name", "journal_number", "display_name", "currency_name", "reference_no", "email"] as const;

/** What people call the record, from the state that the entry keeps of it. */
export function recordName(entry: Pick<AuditEntry, "before" | "after">): string | undefined {
  for (const state of [entry.after, entry.before]) {
    if (typeof state !== "object" || state === null) continue;
    const record = state as Record<string, unknown>;
    const found = NAMES.map((name) => record[name]).find((value) => typeof value === "string" && value !== "");
    if (typeof found === "string") return found;
  }
  return undefined;
}
