import { ActionIcon, Alert, Button, Group, Progress, Stack, Text, Tooltip } from "@mantine/core";
import { IconAdjustments, IconFoldDown, IconFoldUp, IconRefresh } from "@tabler/icons-react";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import dayjs from "dayjs";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay, useOrganization, usePermission } from "@/app/boot";
import { NoPermissionPage } from "@/app/FallbackPages";
import { fiscalMonth } from "@/shared/fiscal";
import { formatDate } from "@/shared/format";
import { Page } from "@/shared/Page";
import { QueryView } from "@/shared/QueryView";
import { EmptyState } from "@/shared/states";
import { type DrillTarget, type ReportAnswer, useReport } from "./api";
import { CustomiseDrawer } from "./CustomiseDrawer";
import { DrillDownDrawer } from "./DrillDownDrawer";
import { type ReportDefinition, reportOf } from "./definitions";
import { drillTarget } from "./drill";
import { ExportMenu } from "./ExportMenu";
import { PeriodControls } from "./PeriodControls";
import { addressOf, fromSearch, type Parameters, type Search, type Today, toSearch } from "./parameters";
import { ReportTable } from "./ReportTable";
import { SavedMenu } from "./SavedMenu";
import { expandableKeys, toggled } from "./table";

function useToday(): Today {
  const month = fiscalMonth(useOrganization().fiscal_year);
  const day = dayjs().format("YYYY-MM-DD");
  return useMemo(() => ({ day, fiscalMonth: month }), [day, month]);
}

interface SheetProps {
  report: ReportDefinition;
  parameters: Parameters;
  answer: ReportAnswer;
  firstMonth: number;
  onRefresh: () => void;
}

function Sheet({ report, parameters, answer, firstMonth, onRefresh }: SheetProps) {
  const { t } = useTranslation();
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set());
  const [target, setTarget] = useState<DrillTarget | null>(null);
  const mayDrill = usePermission("Report", report.drill === "accounts" ? "read-general-ledger" : report.permission);
  const { table, meta } = answer;
  const format = useOrganization().date_format ?? undefined;
  const dates = meta.formatted_as_date
    ? t("reports.asOfDay", { day: formatDate(parameters.to, format) })
    : `${formatDate(parameters.from, format)} – ${formatDate(parameters.to, format)}`;
  const tree = table.rows.some((row) => row.children?.length);
  const drill = mayDrill && report.drill !== "none";
  return (
    <Stack gap="xs">
      <Group justify="space-between" gap="xs">
        <Text c="dimmed" size="sm">
          {[meta.organization_name, dates, meta.base_currency].filter(Boolean).join(" · ")}
          {parameters.thousands && ` · ${t("reports.inThousands")}`}
        </Text>
        <Group gap={4} className="no-print">
          {tree && (
            <>
              <Tooltip label={t("reports.expandAll")}>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={t("reports.expandAll")}
                  onClick={() => setCollapsed(new Set())}
                >
                  <IconFoldDown size={18} />
                </ActionIcon>
              </Tooltip>
              <Tooltip label={t("reports.collapseAll")}>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={t("reports.collapseAll")}
                  onClick={() => setCollapsed(new Set(expandableKeys(table.rows)))}
                >
                  <IconFoldUp size={18} />
                </ActionIcon>
              </Tooltip>
            </>
          )}
          <Tooltip label={t("reports.refresh")}>
            <ActionIcon variant="subtle" color="gray" aria-label={t("reports.refresh")} onClick={onRefresh}>
              <IconRefresh size={18} />
            </ActionIcon>
          </Tooltip>
        </Group>
      </Group>
      <ReportTable
        table={table}
        label={t(`reports.title.${report.slug}`)}
        collapsed={collapsed}
        onToggle={(key) => setCollapsed(toggled(collapsed, key))}
        drills={drill ? (row, leaf) => drillTarget(report, parameters, row, leaf, firstMonth) !== null : undefined}
        onDrill={(row, leaf) => setTarget(drillTarget(report, parameters, row, leaf, firstMonth))}
      />
      <DrillDownDrawer target={target} onClose={() => setTarget(null)} />
    </Stack>
  );
}

function Report({ report }: { report: ReportDefinition }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const today = useToday();
  const search = useSearch({ strict: false }) as Record<string, unknown>;
  const parameters = useMemo(() => fromSearch(report, search, today), [report, search, today]);
  const [customising, setCustomising] = useState(false);
  const query = useReport(report, parameters);
  const go = (next: Search) => void navigate({ to: `/reports/${report.slug}`, search: next } as never);
  const apply = (next: Parameters) => go(toSearch(report, next, today));
  const empty = {
    when: (answer: ReportAnswer) => answer.table.rows.length === 0,
    title: t("reports.empty"),
    text: t("reports.emptyText"),
  };
  const actions = (
    <>
      <Button variant="default" leftSection={<IconAdjustments size={16} />} onClick={() => setCustomising(true)}>
        {t("reports.customise")}
      </Button>
      <SavedMenu
        slug={report.slug}
        current={toSearch(report, parameters, today)}
        onUse={(saved) => apply(fromSearch(report, saved, today))}
      />
      <ExportMenu address={addressOf(report, parameters)} name={report.slug} />
    </>
  );
  return (
    <Page title={t(`reports.title.${report.slug}`)} back="/reports" actions={actions}>
      <PeriodControls report={report} parameters={parameters} today={today} onChange={apply} />
      {query.isFetching && query.data && <Progress value={100} animated size={3} aria-label={t("common.loading")} />}
      {query.isRefetchError && query.data && <Alert color="red">{query.error.message}</Alert>}
      <QueryView query={query} empty={empty}>
        {(answer) => (
          <Sheet
            report={report}
            parameters={parameters}
            answer={answer}
            firstMonth={today.fiscalMonth}
            onRefresh={() => void query.refetch()}
          />
        )}
      </QueryView>
      <CustomiseDrawer
        opened={customising}
        report={report}
        parameters={parameters}
        today={today}
        onApply={apply}
        onClose={() => setCustomising(false)}
      />
    </Page>
  );
}

export default function ReportPage() {
  const { t } = useTranslation();
  const { slug } = useParams({ strict: false }) as { slug?: string };
  const report = reportOf(slug);
  const may = useMay();
  if (report && !may({ subject: "Report", action: report.permission })) return <NoPermissionPage />;
  if (report) return <Report key={report.slug} report={report} />;
  return (
    <Page title={t("reports.title.all")} back="/reports">
      <EmptyState title={t("reports.unknown")} />
    </Page>
  );
}
