import { Button, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Page } from "@/shared/Page";
import type { Result } from "./api";
import { FilesStep } from "./FilesStep";
import type { SourceFile } from "./files";
import { PreviewStep } from "./PreviewStep";
import { ResultStep } from "./ResultStep";

/** Which files are being looked at. `id` tells one choice of files from the next. */
interface Chosen {
  id: number;
  files: SourceFile[];
}

/** Brings journal files in: choose them, look at where everything goes, import. */
export default function ImportPage() {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<Chosen>({ id: 0, files: [] });
  const [result, setResult] = useState<Result | null>(null);

  function choose(files: SourceFile[]): void {
    setChosen(({ id }) => ({ id: id + 1, files }));
    setResult(null);
  }

  const other = (
    <Button variant="default" onClick={() => choose([])}>
      {t("journalImport.otherFiles")}
    </Button>
  );
  return (
    <Page title={t("journalImport.title")} back="/journals" actions={chosen.files.length > 0 && !result && other}>
      {result ? (
        <ResultStep result={result} onAgain={() => choose([])} />
      ) : chosen.files.length > 0 ? (
        <PreviewStep key={chosen.id} id={chosen.id} files={chosen.files} onImported={setResult} />
      ) : (
        <Stack>
          <Text c="dimmed" maw={720}>
            {t("journalImport.intro")}
          </Text>
          <FilesStep onChosen={choose} />
        </Stack>
      )}
    </Page>
  );
}
