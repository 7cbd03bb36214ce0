import { Anchor, Stack, Table, Text, Timeline } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { usePermission } from "@/app/boot";
import { type Difference, differences } from "./changes";
import { formatInstant } from "./format";
import { QueryView } from "./states";
import { useChangeReader } from "./useChangeReader";

const ENTRIES_MAX = 100;

/** Who changed one record, when, and what it was before. */
export function History({ subject, id }: { subject: string; id: number }) {
  const { t } = useTranslation();
  const read = useChangeReader();
  const query = useQuery({
    queryKey: ["audit-trail", subject, id],
    queryFn: () =>
      data(api.GET("/api/audit-trail", { params: { query: { subject, subject_id: id, page_size: ENTRIES_MAX } as never } })),
  });
  return (
    <QueryView query={query} empty={{ when: (trail) => trail.data.length === 0, title: t("history.empty") }}>
      {(trail) => (
        <Timeline bulletSize={12} lineWidth={2}>
          {trail.data.map((entry) => (
            <Timeline.Item
              key={entry.id}
              title={t("history.entry", {
                name: entry.user_name || t("history.somebody"),
                action: t(`history.actions.${entry.action}`, { defaultValue: entry.action }),
              })}
            >
              <Text size="xs" c="dimmed">
                {formatInstant(entry.at)}
              </Text>
              <Changes whole={entry.before === null} changes={differences(entry.before, entry.after, read)} />
            </Timeline.Item>
          ))}
        </Timeline>
      )}
    </QueryView>
  );
}

/** Whether the person may see who changed what: the audit trail is for those who administer. */
export function useSeesHistory(): boolean {
  return usePermission("Preferences", "Mutate");
}

/** A record's history below its form, opened on request, for those who may see it. */
export function FoldedHistory({ subject, id }: { subject: string; id: number }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  if (!useSeesHistory()) return null;
  return (
    <Stack gap="xs" mt="md">
      <Anchor component="button" type="button" size="sm" ta="start" aria-expanded={opened} onClick={() => setOpened(!opened)}>
        {t("common.history")}
      </Anchor>
      {opened && <History subject={subject} id={id} />}
    </Stack>
  );
}

/** What changed; of a whole new record, on request only: its page shows it. */
function Changes({ whole, changes }: { whole: boolean; changes: Difference[] }) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(!whole);
  if (changes.length === 0) return null;
  return (
    <>
      {whole && (
        <Anchor component="button" type="button" size="xs" aria-expanded={shown} onClick={() => setShown(!shown)}>
          {t(shown ? "history.hide" : "history.show")}
        </Anchor>
      )}
      {shown && <ChangeTable changes={changes} />}
    </>
  );
}

export function ChangeTable({ changes }: { changes: Difference[] }) {
  const { t } = useTranslation();
  if (changes.length === 0) return null;
  return (
    <Table.ScrollContainer minWidth={360}>
      <Table fz="xs" withRowBorders={false} verticalSpacing={2}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("history.field")}</Table.Th>
            <Table.Th>{t("history.before")}</Table.Th>
            <Table.Th>{t("history.after")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {changes.map((change) => (
            <Table.Tr key={change.field}>
              <Table.Td>{change.field}</Table.Td>
              <Table.Td style={{ overflowWrap: "anywhere" }}>{change.before}</Table.Td>
              <Table.Td style={{ overflowWrap: "anywhere" }}>{change.after}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
