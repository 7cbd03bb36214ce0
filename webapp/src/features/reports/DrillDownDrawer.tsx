import { Drawer, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useOrganization } from "@/app/boot";
import { formatDate } from "@/shared/format";
import { QueryView } from "@/shared/QueryView";
import { type DrillTarget, useEntries } from "./api";
import { ReportTable } from "./ReportTable";
import { toggled } from "./table";

/** The entries behind a figure; each leads to its document. */
export function DrillDownDrawer({ target, onClose }: { target: DrillTarget | null; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useOrganization().date_format ?? undefined;
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set());
  const query = useEntries(target);
  const days = target?.of === "accounts" ? `${formatDate(target.from, format)} – ${formatDate(target.to, format)}` : "";
  return (
    <Drawer
      closeOnClickOutside
      opened={target !== null}
      onClose={onClose}
      position="right"
      size="min(68rem, 100%)"
      title={t("reports.entriesOf", { name: target?.title || t("reports.total") })}
    >
      <Stack gap="sm">
        {days && (
          <Text c="dimmed">
            <bdi>{days}</bdi>
          </Text>
        )}
        {target && (
          <QueryView query={query} empty={{ when: (table) => table.rows.length === 0, title: t("reports.noEntries") }}>
            {(table) => (
              <ReportTable
                table={table}
                label={t("reports.entriesOf", { name: target.title })}
                collapsed={collapsed}
                onToggle={(key) => setCollapsed(toggled(collapsed, key))}
              />
            )}
          </QueryView>
        )}
      </Stack>
    </Drawer>
  );
}
