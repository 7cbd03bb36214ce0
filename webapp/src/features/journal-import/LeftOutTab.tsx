import { Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Schemas } from "@/api/client";
import { type Column, DataTable } from "@/shared/DataTable";
import type { Preview } from "./api";

type Notice = Schemas["ImportNoticeOut"];

/** What the import passes over on purpose. */
export function LeftOutTab({ preview }: { preview: Preview }) {
  const { t } = useTranslation();
  const columns: Column<Notice>[] = [
    {
      key: "place",
      header: t("journalImport.placeColumn"),
      value: (row) => t("journalImport.place", { file: row.file, line: row.line }),
      width: 220,
    },
    { key: "why", header: t("journalImport.why"), value: (row) => row.message, width: 320 },
  ];
  const more = preview.left_out_count - preview.left_out.length;
  return (
    <Stack gap="xs">
      <DataTable
        id="journal-import-left-out"
        label={t("journalImport.leftOut")}
        plain
        rows={preview.left_out}
        columns={columns}
        rowKey={(row) => `${row.file}:${row.line}:${row.message}`}
        emptyText={t("journalImport.nothingLeftOut")}
      />
      {more > 0 && <Text size="sm">{t("journalImport.andMore", { count: more })}</Text>}
    </Stack>
  );
}
