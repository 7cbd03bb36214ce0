import { Alert, Button, FileButton, Paper, Stack, Text, Title } from "@mantine/core";
import { IconFileImport } from "@tabler/icons-react";
import { type DragEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { usePermission } from "@/app/boot";
import { type Column, DataTable } from "@/shared/DataTable";
import { QueryView } from "@/shared/QueryView";
import { type PastImport, useImports } from "./api";
import { readFiles, type SourceFile } from "./files";

interface FilesStepProps {
  onChosen: (files: SourceFile[]) => void;
}

/** Where files are dropped or chosen, and what was imported before. */
export function FilesStep({ onChosen }: FilesStepProps) {
  const { t } = useTranslation();
  const [over, setOver] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const maySee = usePermission("ManualJournal", "View");

  async function take(chosen: readonly File[]): Promise<void> {
    if (chosen.length === 0 || busy) return;
    setBusy(true);
    const read = await readFiles(chosen).finally(() => setBusy(false));
    if (typeof read === "string") setProblem(t(`journalImport.${read}`));
    else if (read.refused.length > 0) setProblem(t("journalImport.notText", { names: read.refused.join(", ") }));
    else if (read.files.every((file) => file.text.trim() === "")) setProblem(t("journalImport.empty"));
    else onChosen(read.files);
  }

  function drop(event: DragEvent): void {
    event.preventDefault();
    setOver(false);
    void take([...event.dataTransfer.files]);
  }

  return (
    <Stack gap="lg">
      <Paper
        withBorder
        p="xl"
        bg={over ? "var(--mantine-primary-color-light)" : undefined}
        style={{ borderStyle: "dashed" }}
        onDragOver={(event: DragEvent) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <Stack align="center" gap="xs">
          <IconFileImport size={36} stroke={1.4} aria-hidden />
          <Text fw={600}>{t("journalImport.drop")}</Text>
          <Text c="dimmed">{t("journalImport.or")}</Text>
          <FileButton multiple onChange={(files) => void take(files)} inputProps={{ "aria-label": t("journalImport.choose") }}>
            {(props) => (
              <Button {...props} loading={busy}>
                {t("journalImport.choose")}
              </Button>
            )}
          </FileButton>
          <Text size="sm" c="dimmed" ta="center" maw={520}>
            {t("journalImport.dropHint")}
          </Text>
        </Stack>
      </Paper>
      {problem && (
        <Alert color="red" role="alert">
          {problem}
        </Alert>
      )}
      {maySee && <History />}
    </Stack>
  );
}

function History() {
  const { t } = useTranslation();
  const imports = useImports(true);
  const columns: Column<PastImport>[] = [
    {
      key: "when",
      header: t("journalImport.when"),
      value: (row) => row.imported_at,
      render: (row) => row.formatted_imported_at,
      width: 120,
    },
    { key: "who", header: t("journalImport.who"), value: (row) => row.user_name, width: 150 },
    { key: "files", header: t("journalImport.filesColumn"), value: (row) => row.files.join(", "), width: 220 },
    {
      key: "journals",
      header: t("journalImport.journalsColumn"),
      value: (row) => row.journals_created,
      align: "end",
      width: 120,
    },
    {
      key: "accounts",
      header: t("journalImport.newAccountsColumn"),
      value: (row) => row.accounts_created,
      align: "end",
      width: 130,
    },
  ];
  return (
    <section aria-labelledby="import-history">
      <Title order={2} id="import-history" mb="xs">
        {t("journalImport.history")}
      </Title>
      <QueryView query={imports}>
        {(list) => (
          <DataTable
            id="journal-imports"
            label={t("journalImport.history")}
            plain
            rows={list.journal_imports}
            columns={columns}
            rowKey={(row) => row.id}
            emptyText={t("journalImport.historyEmpty")}
          />
        )}
      </QueryView>
    </section>
  );
}
