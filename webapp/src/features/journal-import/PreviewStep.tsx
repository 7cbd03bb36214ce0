import { Alert, Button, Group, Loader, Select, Stack, Tabs, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Loading } from "@/shared/states";
import { useSave } from "@/shared/useSave";
import { AccountsTab } from "./AccountsTab";
import { importJournal, type Preview, type Result, STALE, usePreview } from "./api";
import { CurrenciesTab } from "./CurrenciesTab";
import { type Choices, NOTHING_CHOSEN, requestOf } from "./choices";
import { isUsual, type SourceFile, withMain } from "./files";
import { JournalsTab } from "./JournalsTab";
import { LeftOutTab } from "./LeftOutTab";
import { Problems, Refusal } from "./Problems";
import { Summary } from "./Summary";

const DELAY_MS = 350;

interface PreviewStepProps {
  id: number;
  files: SourceFile[];
  onImported: (result: Result) => void;
}

/** What the import would do, made anew after each choice; and the button that does it. */
export function PreviewStep({ id, files, onImported }: PreviewStepProps) {
  const { t } = useTranslation();
  const [main, setMain] = useState<string>();
  const [choices, setChoices] = useState<Choices>(NOTHING_CHOSEN);
  const [settled] = useDebouncedValue(choices, DELAY_MS);
  const ordered = useMemo(() => withMain(files, main), [files, main]);
  const request = useMemo(() => requestOf(ordered, settled), [ordered, settled]);
  const preview = usePreview([id, main, settled], request);
  const save = useSave({ call: importJournal, invalidates: STALE, onSaved: onImported, quiet: true });
  const current = settled === choices && !preview.isFetching;

  const mainSelect = files.length > 1 && (
    <Select
      label={t("journalImport.mainFile")}
      data={files.map((file) => file.name)}
      value={ordered[0]?.name ?? null}
      onChange={(name) => setMain(name ?? undefined)}
      allowDeselect={false}
      maw={420}
      disabled={save.isPending}
    />
  );
  if (preview.error && !preview.isFetching) {
    return (
      <Stack>
        {mainSelect}
        <Refusal
          error={preview.error}
          files={ordered}
          title={t("journalImport.previewFailed")}
          placeTitle={t("journalImport.fileRefused")}
        />
      </Stack>
    );
  }
  const { data } = preview;
  if (data === undefined) return <Loading />;
  return (
    <Stack>
      <FileNotes files={files} unused={data.unused_files} />
      {mainSelect}
      <Summary preview={data} />
      {save.error && <Refusal error={save.error} files={ordered} title={t("journalImport.refused")} />}
      <Problems preview={data} files={ordered} />
      <Group>
        <ImportButton
          preview={data}
          ready={current}
          running={save.isPending}
          onClick={() => save.submit(requestOf(ordered, choices))}
        />
        {save.isPending ? (
          <Text role="status">{t("journalImport.running")}</Text>
        ) : (
          !current && (
            <Group gap="xs" role="status">
              <Loader size="xs" />
              <Text size="sm" c="dimmed">
                {t("journalImport.checking")}
              </Text>
            </Group>
          )
        )}
      </Group>
      <Contents preview={data} choices={choices} onChoices={setChoices} disabled={save.isPending} />
    </Stack>
  );
}

interface ImportButtonProps {
  preview: Preview;
  ready: boolean;
  running: boolean;
  onClick: () => void;
}

function ImportButton({ preview, ready, running, onClick }: ImportButtonProps) {
  const { t } = useTranslation();
  return (
    <Button onClick={onClick} loading={running} disabled={!preview.can_import || !ready}>
      {preview.to_import > 0 ? t("journalImport.import", { count: preview.to_import }) : t("journalImport.nothingToImport")}
    </Button>
  );
}

function FileNotes({ files, unused }: { files: SourceFile[]; unused: string[] }) {
  const { t } = useTranslation();
  const unusual = files.filter((file) => !isUsual(file.encoding));
  if (unusual.length === 0 && unused.length === 0) return null;
  return (
    <Alert color="yellow">
      <Stack gap={4}>
        {unusual.map(({ name, encoding }) => (
          <Text size="sm" key={name}>
            {t("journalImport.encodingNote", { name, encoding })}
          </Text>
        ))}
        {unused.length > 0 && <Text size="sm">{t("journalImport.unused", { names: unused.join(", ") })}</Text>}
      </Stack>
    </Alert>
  );
}

interface ContentsProps {
  preview: Preview;
  choices: Choices;
  onChoices: (choices: Choices) => void;
  disabled: boolean;
}

function Contents({ preview, choices, onChoices, disabled }: ContentsProps) {
  const { t } = useTranslation();
  const tabs = [
    { key: "accounts", label: t("journalImport.tabAccounts", { count: preview.accounts.length }) },
    { key: "journals", label: t("journalImport.tabJournals") },
    { key: "currencies", label: t("journalImport.tabCurrencies", { count: preview.commodities.length }) },
    { key: "leftOut", label: t("journalImport.tabLeftOut", { count: preview.left_out_count }) },
  ];
  return (
    <Tabs defaultValue="accounts" keepMounted={false}>
      <Tabs.List mb="sm">
        {tabs.map(({ key, label }) => (
          <Tabs.Tab key={key} value={key}>
            {label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value="accounts">
        <AccountsTab preview={preview} choices={choices} onChoices={onChoices} disabled={disabled} />
      </Tabs.Panel>
      <Tabs.Panel value="journals">
        <JournalsTab preview={preview} />
      </Tabs.Panel>
      <Tabs.Panel value="currencies">
        <CurrenciesTab preview={preview} choices={choices} onChoices={onChoices} disabled={disabled} />
      </Tabs.Panel>
      <Tabs.Panel value="leftOut">
        <LeftOutTab preview={preview} />
      </Tabs.Panel>
    </Tabs>
  );
}
