import { Alert, Button, Center, Paper, Progress, Stack, Text, Title } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Navigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useOrganizationQuery } from "@/app/boot";
import { signOut } from "@/app/UserMenu";
import { ErrorState, Loading } from "@/shared/states";
import { startBuild, useBuild } from "./api";
import { OrganizationForm } from "./OrganizationForm";

/** The wizard: the form first, then the progress, then the books. A reload in the middle comes back to where it was. */
export default function SetupPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const organization = useOrganizationQuery();
  const [startedJob, setStartedJob] = useState<string | null>(null);
  const jobId = startedJob ?? (organization.data?.is_build_running ? (organization.data.build_job_id ?? null) : null);
  const build = useBuild(jobId);
  const completed = build.data?.is_completed ?? false;

  useEffect(() => {
    document.title = `${t("setup.title")} · ${t("app.name")}`;
  }, [t]);
  useEffect(() => {
    if (completed) void client.invalidateQueries({ queryKey: ["organization", "current"] });
  }, [completed, client]);

  if (organization.data?.is_ready) return <Navigate to="/" replace />;
  if (organization.error) return <ErrorState error={organization.error} onRetry={() => void organization.refetch()} />;
  if (!organization.data) return <Loading />;
  const failed = build.data?.is_failed ?? false;
  return (
    <Center component="main" mih="100vh" p="md">
      <Paper withBorder p="xl" w="100%" maw={620}>
        <Stack>
          {jobId && !failed ? (
            <>
              <Title order={1}>{t("setup.building")}</Title>
              <Text c="dimmed">{t("setup.buildingText")}</Text>
              <Progress.Root size="lg">
                <Progress.Section value={build.data?.progress ?? 0} aria-label={t("setup.progress")} />
              </Progress.Root>
            </>
          ) : (
            <>
              <Title order={1}>{t("setup.title")}</Title>
              <Text c="dimmed">{t("setup.text")}</Text>
              {failed && (
                <Alert color="red" role="alert">
                  {t("setup.failed")}
                </Alert>
              )}
              <OrganizationForm onSubmit={async (values) => setStartedJob(await startBuild(values))} />
              <Button variant="subtle" color="gray" onClick={() => void signOut()}>
                {t("app.signOut")}
              </Button>
            </>
          )}
        </Stack>
      </Paper>
    </Center>
  );
}
