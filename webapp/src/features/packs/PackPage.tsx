import { Alert, Button, Group, Progress, Stack, Text } from "@mantine/core";
import { IconPlayerStop } from "@tabler/icons-react";
import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api, data, type Schemas } from "@/api/client";
import { useOrganization } from "@/app/boot";
import { confirmDelete } from "@/shared/confirm";
import { formatDate, formatInstant } from "@/shared/format";
import { Page } from "@/shared/Page";
import { QueryView } from "@/shared/QueryView";
import { usePack } from "./api";
import { FileButton, PackParts, StateBadge } from "./PackParts";
import { countStates, isOpen, stateColor } from "./packs";

const SUMMARIES = [
  { form: "xlsx", accept: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" },
  { form: "csv", accept: "text/csv" },
] as const;

function Summary({ pack }: { pack: Schemas["PackWithPartsOut"] }) {
  const { t } = useTranslation();
  const format = useOrganization().date_format ?? undefined;
  const counts = countStates(pack.parts);
  return (
    <Stack gap="xs">
      <Group gap="xs">
        <StateBadge state={pack.state} />
        <Text size="sm">
          <bdi>
            {formatDate(pack.from_date, format)} – {formatDate(pack.to_date, format)}
          </bdi>
        </Text>
        <Text size="sm" c="dimmed">
          {t(pack.schedule_id ? "packs.bySchedule" : "packs.byYou", { when: formatInstant(pack.created_at) })}
        </Text>
      </Group>
      <Text size="sm">
        {pack.reports.map((name) => t(`reports.title.${name}`)).join(", ")} · {pack.formats.join(", ").toUpperCase()}
      </Text>
      <Progress.Root size="lg">
        <Progress.Section
          value={pack.progress}
          color={stateColor(pack.state)}
          animated={pack.state === "active"}
          aria-label={t("packs.progress")}
        />
      </Progress.Root>
      <Text size="sm" c="dimmed" aria-live="polite">
        {pack.progress} % ·{" "}
        {Object.entries(counts)
          .map(([state, count]) => `${count} ${t(`packs.state.${state}`)}`)
          .join(" · ")}
      </Text>
      {pack.error && <Alert color="red">{pack.error}</Alert>}
    </Stack>
  );
}

/** One pack: how far it is, and its files. */
export default function PackPage() {
  const { t } = useTranslation();
  const { packId = "" } = useParams({ strict: false }) as { packId?: string };
  const query = usePack(packId);
  const pack = query.data;
  const cancel = async () => {
    await data(api.POST("/api/report-packs/{pack_id}/cancel", { params: { path: { pack_id: packId } } }));
    await query.refetch();
  };
  const ask = () =>
    confirmDelete({ title: t("packs.cancelTitle"), text: t("packs.cancelText"), label: t("packs.cancel"), confirm: cancel });
  const actions = pack && (
    <>
      {isOpen(pack.state) && (
        <Button variant="default" color="red" leftSection={<IconPlayerStop size={16} />} onClick={ask}>
          {t("packs.cancel")}
        </Button>
      )}
      {pack.state === "completed" &&
        SUMMARIES.map(({ form, accept }) => (
          <FileButton
            key={form}
            path={`/api/report-packs/${packId}/summary/${form}`}
            accept={accept}
            name={`summary.${form}`}
            label={t("packs.summary", { form: form.toUpperCase() })}
            ariaLabel={t("packs.summary", { form: form.toUpperCase() })}
          />
        ))}
    </>
  );
  return (
    <Page title={t("packs.one")} back="/packs" actions={actions}>
      <QueryView query={query}>
        {(loaded) => (
          <Stack gap="lg">
            <Summary pack={loaded} />
            <PackParts packId={packId} parts={loaded.parts} />
          </Stack>
        )}
      </QueryView>
    </Page>
  );
}
