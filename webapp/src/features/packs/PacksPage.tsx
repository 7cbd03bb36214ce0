import { Button, Group, Progress, Text } from "@mantine/core";
import { IconCalendarRepeat } from "@tabler/icons-react";
import { Link, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Schemas } from "@/api/client";
import { useAccount, useOrganization, usePermission } from "@/app/boot";
import type { Column } from "@/shared/DataTable";
import { formatDate, formatInstant } from "@/shared/format";
import { Page } from "@/shared/Page";
import { AddButton, RecordList } from "@/shared/RecordList";
import { usePacks } from "./api";
import { StateBadge } from "./PackParts";
import { stateColor } from "./packs";

type Pack = Schemas["PackOut"];

function useColumns(): Column<Pack>[] {
  const { t } = useTranslation();
  const person = useAccount();
  const format = useOrganization().date_format ?? undefined;
  // The API lists the caller's own packs only.
  const name = [person?.first_name, person?.last_name].filter(Boolean).join(" ");
  return [
    {
      key: "created_at",
      header: t("packs.created"),
      value: (pack) => pack.created_at,
      render: (pack) => (
        <Link to={`/packs/${pack.id}`}>
          <bdi>{formatInstant(pack.created_at)}</bdi>
        </Link>
      ),
      width: 160,
    },
    {
      key: "state",
      header: t("packs.stateTitle"),
      value: (pack) => t(`packs.state.${pack.state}`),
      render: (pack) => <StateBadge state={pack.state} />,
      width: 120,
    },
    {
      key: "progress",
      header: t("packs.progress"),
      value: (pack) => pack.progress,
      render: (pack) => (
        <Group gap="xs" wrap="nowrap">
          <Progress
            value={pack.progress}
            color={stateColor(pack.state)}
            animated={pack.state === "active"}
            w={90}
            aria-label={t("packs.progress")}
          />
          <Text size="xs">{pack.progress} %</Text>
        </Group>
      ),
      width: 160,
    },
    {
      key: "period",
      header: t("reports.period"),
      value: (pack) => pack.from_date,
      render: (pack) => (
        <bdi>
          {formatDate(pack.from_date, format)} – {formatDate(pack.to_date, format)}
        </bdi>
      ),
      width: 220,
    },
    {
      key: "reports",
      header: t("packs.reports"),
      value: (pack) => pack.reports.map((report) => t(`reports.title.${report}`)).join(", "),
      width: 260,
    },
    { key: "tenants", header: t("packs.organizations"), value: (pack) => pack.tenants, align: "end", width: 120 },
    {
      key: "who",
      header: t("packs.who"),
      value: (pack) => (pack.schedule_id ? t("packs.schedule") : name),
      width: 140,
    },
    {
      key: "formats",
      header: t("packs.formats"),
      value: (pack) => pack.formats.join(", ").toUpperCase(),
      hiddenByDefault: true,
    },
  ];
}

/** The person's packs. */
export default function PacksPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const mayStart = usePermission("Preferences", "Mutate");
  const query = usePacks();
  const columns = useColumns();
  const add = mayStart && <AddButton label={t("packs.new")} to="/packs/new" />;
  const actions = (
    <>
      <Button component={Link} to="/packs/schedules" variant="default" leftSection={<IconCalendarRepeat size={16} />}>
        {t("packs.schedules")}
      </Button>
      {add}
    </>
  );
  return (
    <Page title={t("packs.title")} actions={actions}>
      <RecordList
        query={query}
        empty={{ title: t("packs.empty"), text: t("packs.emptyText"), action: add }}
        id="packs"
        label={t("packs.title")}
        columns={columns}
        rowKey={(pack) => pack.id}
        onOpen={(pack) => void navigate({ to: `/packs/${pack.id}` } as never)}
      />
    </Page>
  );
}
