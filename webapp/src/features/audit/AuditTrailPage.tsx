import { Group, Pagination, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Page } from "@/shared/Page";
import { QueryView } from "@/shared/QueryView";
import { AuditFilters } from "./AuditFilters";
import { AuditTable } from "./AuditTable";
import { type Filters, NO_FILTERS, PAGE_SIZE, useAuditTrail } from "./api";

export default function AuditTrailPage() {
  const { t } = useTranslation();
  const [filters, setFilters] = useState<Filters>(NO_FILTERS);
  const [page, setPage] = useState(1);
  const trail = useAuditTrail(filters, page);
  const change = (next: Filters) => {
    setFilters(next);
    setPage(1);
  };

  return (
    <Page title={t("audit.title")}>
      <Stack gap="md">
        <Text c="dimmed" size="sm">
          {t("audit.intro")}
        </Text>
        <AuditFilters value={filters} onChange={change} />
        <QueryView
          query={trail}
          empty={{ when: (found) => found.data.length === 0, title: t("audit.empty"), text: t("audit.emptyText") }}
        >
          {(found) => (
            <Stack gap="sm" aria-busy={trail.isFetching} style={{ opacity: trail.isPlaceholderData ? 0.6 : 1 }}>
              <AuditTable entries={found.data} />
              <Group justify="space-between">
                <Text size="sm" c="dimmed" aria-live="polite">
                  {t("audit.total", { total: found.pagination.total.toLocaleString() })}
                </Text>
                {found.pagination.total > PAGE_SIZE && (
                  <Pagination
                    aria-label={t("audit.pages")}
                    value={page}
                    onChange={setPage}
                    total={Math.ceil(found.pagination.total / PAGE_SIZE)}
                    getControlProps={(control) => ({
                      "aria-label": control === "next" ? t("audit.nextPage") : t("audit.previousPage"),
                    })}
                  />
                )}
              </Group>
            </Stack>
          )}
        </QueryView>
      </Stack>
    </Page>
  );
}
