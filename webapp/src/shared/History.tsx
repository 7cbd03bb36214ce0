import { Table, Text, Timeline } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { type Difference, differences } from "./changes";
import { formatInstant } from "./format";
import { QueryView } from "./states";

const ENTRIES_MAX = 100;

/** Who changed one record, when, and what it was before. */
export function History({ subject, id }: { subject: string; id: number }) {
  const { t } = useTranslation();
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
              title={`${entry.user_name || t("history.somebody")} ${t(`history.${entry.action}`, { defaultValue: entry.action })}`}
            >
              <Text size="xs" c="dimmed">
                {formatInstant(entry.at)}
              </Text>
              <ChangeTable changes={differences(entry.before, entry.after)} />
            </Timeline.Item>
          ))}
        </Timeline>
      )}
    </QueryView>
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
              <Table.Td>{change.field.replaceAll("_", " ")}</Table.Td>
              <Table.Td style={{ overflowWrap: "anywhere" }}>{change.before}</Table.Td>
              <Table.Td style={{ overflowWrap: "anywhere" }}>{change.after}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
