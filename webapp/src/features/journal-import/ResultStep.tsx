import { Alert, Button, Group, List, Stack, Text } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { usePermission } from "@/app/boot";
import type { Result } from "./api";

/** What the import did, and where to look at it. */
export function ResultStep({ result, onAgain }: { result: Result; onAgain: () => void }) {
  const { t } = useTranslation();
  const seesTrialBalance = usePermission("Report", "read-trial-balance-sheet");
  const seesJournals = usePermission("ManualJournal", "View");
  const more = result.left_out_count - result.left_out.length;
  return (
    <Stack>
      <Alert color="teal" icon={<IconCheck />} title={t("journalImport.done")} role="status">
        <List size="sm">
          <List.Item>{t("journalImport.doneText", { count: result.journals_created })}</List.Item>
          {result.accounts_created.length > 0 && (
            <List.Item>{t("journalImport.doneAccounts", { count: result.accounts_created.length })}</List.Item>
          )}
          {result.already_there > 0 && <List.Item>{t("journalImport.doneThere", { count: result.already_there })}</List.Item>}
        </List>
      </Alert>
      <Group>
        {seesJournals && (
          <Button component={Link} to="/journals">
            {t("journalImport.toJournals")}
          </Button>
        )}
        {seesTrialBalance && (
          <Button component={Link} to="/reports/trial-balance" variant="default">
            {t("journalImport.toTrialBalance")}
          </Button>
        )}
        <Button component={Link} to="/accounts" variant="default">
          {t("journalImport.toAccounts")}
        </Button>
        <Button variant="default" onClick={onAgain}>
          {t("journalImport.again")}
        </Button>
      </Group>
      {result.left_out.length > 0 && (
        <section>
          <Text fw={600} size="sm">
            {t("journalImport.tabLeftOut", { count: result.left_out_count })}
          </Text>
          <List size="sm">
            {[...new Set(result.left_out)].map((text) => (
              <List.Item key={text}>{text}</List.Item>
            ))}
            {more > 0 && <List.Item>{t("journalImport.andMore", { count: more })}</List.Item>}
          </List>
        </section>
      )}
    </Stack>
  );
}
