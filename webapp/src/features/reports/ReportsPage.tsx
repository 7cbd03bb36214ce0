import { Paper, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { allows, useBootQuery } from "@/app/boot";
import { Page } from "@/shared/Page";
import { EmptyState } from "@/shared/states";
import { REPORT_GROUPS, REPORTS } from "./definitions";
import classes from "./reports.module.css";

/** All statements that the person's role may read. */
export default function ReportsPage() {
  const { t } = useTranslation();
  const abilities = useBootQuery(true).data?.abilities ?? [];
  const allowed = REPORTS.filter((report) => allows(abilities, "Report", report.permission));
  const groups = REPORT_GROUPS.map((group) => ({ group, reports: allowed.filter((report) => report.group === group) }));
  return (
    <Page title={t("reports.title.all")}>
      {allowed.length === 0 && <EmptyState title={t("common.notAllowed")} />}
      {groups
        .filter(({ reports }) => reports.length > 0)
        .map(({ group, reports }) => (
          <Stack key={group} gap="xs">
            <Title order={2} size="h4">
              {t(`reports.group.${group}`)}
            </Title>
            <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
              {reports.map(({ slug }) => (
                <Paper key={slug} withBorder p="md" component={Link} to={`/reports/${slug}`} className={classes.card}>
                  <Text fw={600}>{t(`reports.title.${slug}`)}</Text>
                  <Text size="sm" c="dimmed">
                    {t(`reports.about.${slug}`)}
                  </Text>
                </Paper>
              ))}
            </SimpleGrid>
          </Stack>
        ))}
    </Page>
  );
}
