import { Text, Timeline } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { differences } from "@/shared/changes";
import { formatInstant } from "@/shared/format";
import { ChangeTable } from "@/shared/History";
import { QueryView } from "@/shared/QueryView";

const ENTRIES_MAX = 20;

/** Who locked and opened what, newest first. Locks are no records with an id, so all of them share one history. */
export function LockHistory() {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: ["audit-trail", "TransactionsLocking"],
    queryFn: () =>
      data(
        api.GET("/api/audit-trail", { params: { query: { subject: "TransactionsLocking", page_size: ENTRIES_MAX } as never } }),
      ),
  });
  return (
    <QueryView query={query} empty={{ when: (trail) => trail.data.length === 0, title: t("locking.noHistory") }}>
      {(trail) => (
        <Timeline bulletSize={12} lineWidth={2}>
          {trail.data.map((entry) => (
            <Timeline.Item
              key={entry.id}
              title={`${entry.user_name || t("history.somebody")} · ${t(`locking.actions.${entry.action}`, { defaultValue: entry.action })}`}
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
