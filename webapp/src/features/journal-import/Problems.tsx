import { Alert, Code, List, Stack, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/api/errors";
import { ErrorState } from "@/shared/states";
import type { Preview } from "./api";
import { type Problem, problemsOfLines } from "./choices";
import { linesAround, type SourceFile } from "./files";

const LINES_SHOWN_MAX = 8;

/** What to do about a problem, in the reader's language where there are words for its kind. */
export function useProblemText(): (problem: Problem) => string {
  const { t } = useTranslation();
  return ({ kind, message }) => t(`journalImport.problems.${kind}`, { defaultValue: message });
}

/** Some lines of a file, the wrong one marked. */
function Excerpt({ files, name, line }: { files: readonly SourceFile[]; name: string; line: number }) {
  const lines = linesAround(files, name, line);
  if (lines.length === 0) return null;
  return (
    <Code block dir="ltr" tabIndex={0} style={{ overflowX: "auto" }}>
      {lines.map(({ number, text, wrong }) => (
        <div key={number} style={{ fontWeight: wrong ? 700 : undefined }}>
          {wrong ? "▸" : " "} {String(number).padStart(5)} {text}
        </div>
      ))}
    </Code>
  );
}

interface RefusalProps {
  error: unknown;
  files: readonly SourceFile[];
  /** Of a refusal that names no place in the files. */
  title: string;
  /** Of one that does; as the other where it is absent. */
  placeTitle?: string;
}

/** Why the files were refused: the place and its lines where the service names one. */
export function Refusal({ error, files, title, placeTitle = title }: RefusalProps) {
  const { t } = useTranslation();
  const refused = error instanceof ApiError ? error.problems[0] : undefined;
  const place = refused?.meta as { file?: string; line?: number } | null | undefined;
  if (!refused) return <ErrorState error={error} />;
  const [file, line] = [place?.file, place?.line];
  if (file === undefined || line === undefined) {
    return (
      <Alert color="red" icon={<IconAlertTriangle />} title={title} role="alert">
        <bdi>{refused.message}</bdi>
      </Alert>
    );
  }
  return (
    <Alert color="red" icon={<IconAlertTriangle />} title={placeTitle} role="alert">
      <Stack gap="xs">
        <Text size="sm" fw={600}>
          {t("journalImport.place", { file, line })}
        </Text>
        <Text size="sm">
          <bdi>{refused.message.replace(`${file}:${line}: `, "")}</bdi>
        </Text>
        <Excerpt files={files} name={file} line={line} />
      </Stack>
    </Alert>
  );
}

/** What stands in the way of the import, and where to look. */
export function Problems({ preview, files }: { preview: Preview; files: readonly SourceFile[] }) {
  const { t } = useTranslation();
  const textOf = useProblemText();
  if (preview.problems_count === 0) {
    if (preview.to_import > 0) return null;
    return <Alert>{t(preview.transactions > 0 ? "journalImport.allThere" : "journalImport.noTransactions")}</Alert>;
  }
  const accounts = preview.accounts.filter((row) => row.problem).length;
  const commodities = preview.commodities.filter((row) => row.problem).length;
  const lines = problemsOfLines(preview.problems);
  const more = preview.problems_count - accounts - commodities - Math.min(lines.length, LINES_SHOWN_MAX);
  return (
    <Alert
      color="orange"
      icon={<IconAlertTriangle />}
      title={t("journalImport.problemsTitle", { count: preview.problems_count })}
      role="status"
    >
      <List size="sm" spacing={4}>
        {accounts > 0 && <List.Item>{t("journalImport.problemsAtAccounts", { count: accounts })}</List.Item>}
        {commodities > 0 && <List.Item>{t("journalImport.problemsAtCurrencies", { count: commodities })}</List.Item>}
        {lines.slice(0, LINES_SHOWN_MAX).map((problem) => (
          <List.Item key={`${problem.file}:${problem.line}:${problem.message}`}>
            <Text size="sm" component="span" fw={600}>
              {t("journalImport.place", { file: problem.file, line: problem.line })}
            </Text>{" "}
            <bdi>{textOf(problem)}</bdi>
          </List.Item>
        ))}
        {more > 0 && <List.Item>{t("journalImport.andMore", { count: more })}</List.Item>}
      </List>
      {lines.length === 1 && lines[0] && <Excerpt files={files} name={lines[0].file} line={lines[0].line} />}
    </Alert>
  );
}
