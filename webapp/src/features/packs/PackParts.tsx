import { Badge, Button, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconDownload } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { download, type Schemas } from "@/api/client";
import { type Column, DataTable } from "@/shared/DataTable";
import { Money } from "@/shared/Money";
import { sizeText, stateColor, TOTALS } from "./packs";

type Part = Schemas["PackPartOut"];

export function StateBadge({ state }: { state: string }) {
  const { t } = useTranslation();
  return (
    <Badge color={stateColor(state)} variant="light">
      {t(`packs.state.${state}`)}
    </Badge>
  );
}

/** Fetches a file when clicked, and says why where there is none. */
export function FileButton({
  path,
  accept,
  name,
  label,
  ariaLabel,
}: Record<"path" | "accept" | "name" | "label" | "ariaLabel", string>) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  async function fetchFile(): Promise<void> {
    setBusy(true);
    try {
      await download(path, accept, name);
    } catch (problem) {
      const message = problem instanceof Error ? problem.message : String(problem);
      notifications.show({ title: t("packs.downloadFailed"), message, color: "red" });
    } finally {
      setBusy(false);
    }
  }
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={<IconDownload size={14} />}
      loading={busy}
      aria-label={ariaLabel}
      onClick={() => void fetchFile()}
    >
      {label}
    </Button>
  );
}

/** Organizations of a pack: how far each is, its totals, its file. */
export function PackParts({ packId, parts }: { packId: string; parts: Part[] }) {
  const { t } = useTranslation();
  const nameOf = (part: Part) => part.name ?? t("packs.organizationNumber", { id: part.tenant_id });
  const columns: Column<Part>[] = [
    { key: "name", header: t("packs.organization"), value: nameOf, width: 200 },
    {
      key: "state",
      header: t("packs.stateTitle"),
      value: (part) => t(`packs.state.${part.state}`),
      render: (part) => (
        <>
          <StateBadge state={part.state} />
          {part.error && (
            <Text size="xs" c="var(--mantine-color-error)" title={part.error} truncate maw={260}>
              {part.error}
            </Text>
          )}
        </>
      ),
      width: 140,
    },
    {
      key: "file",
      header: t("packs.file"),
      value: (part) => part.size_bytes,
      render: (part) =>
        part.file && (
          <FileButton
            path={`/api/report-packs/${packId}/download/${part.tenant_id}`}
            accept="application/zip"
            name={part.file}
            label={sizeText(part.size_bytes)}
            ariaLabel={t("packs.downloadOf", { name: nameOf(part) })}
          />
        ),
      width: 120,
    },
    ...TOTALS.map(
      (name): Column<Part> => ({
        key: name,
        header: t(`packs.total.${name}`),
        value: (part) => part.totals?.[name] ?? null,
        render: (part) => part.totals?.[name] && <Money value={part.totals[name]} currency={part.base_currency ?? undefined} />,
        align: "end",
        width: 130,
      }),
    ),
    { key: "ledger_lines", header: t("packs.lines"), value: (part) => part.ledger_lines, align: "end", hiddenByDefault: true },
    { key: "attempts", header: t("packs.attempts"), value: (part) => part.attempts, align: "end", hiddenByDefault: true },
    {
      key: "duration_ms",
      header: t("packs.duration"),
      value: (part) => part.duration_ms,
      render: (part) => part.duration_ms !== null && `${(part.duration_ms / 1000).toFixed(1)} s`,
      align: "end",
      hiddenByDefault: true,
    },
  ];
  return (
    <DataTable
      id="pack-parts"
      label={t("packs.organizations")}
      rows={parts}
      columns={columns}
      rowKey={(part) => part.tenant_id}
    />
  );
}
