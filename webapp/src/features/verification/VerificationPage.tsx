import { Button, Group, Loader, Paper, Stack, Text } from "@mantine/core";
import { IconShieldCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { useOrganization } from "@/app/boot";
import { Page } from "@/shared/Page";
import { ErrorState } from "@/shared/states";
import { VerificationResult } from "./VerificationResult";

/** The last result, until somebody asks again. Not under a resource's name: a change elsewhere must not start a check. */
function useVerification() {
  return useQuery({
    queryKey: ["verification"],
    queryFn: async ({ signal }) => ({
      report: await data(api.GET("/api/verification", { signal })),
      at: new Date().toISOString(),
    }),
    enabled: false,
    gcTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
}

export default function VerificationPage() {
  const { t } = useTranslation();
  const { name } = useOrganization();
  const verification = useVerification();
  const running = verification.isFetching;

  return (
    <Page title={t("verification.title")}>
      <Stack gap="md" maw={960}>
        <Text>{t("verification.intro")}</Text>
        <Group>
          <Button
            size="md"
            leftSection={<IconShieldCheck size={20} />}
            loading={running}
            onClick={() => void verification.refetch()}
          >
            {verification.data ? t("verification.again") : t("verification.run")}
          </Button>
        </Group>
        <div aria-live="polite">
          {running && (
            <Paper withBorder p="lg">
              <Group>
                <Loader size="sm" />
                <Text>{t("verification.running", { name })}</Text>
              </Group>
            </Paper>
          )}
          {!running && verification.error && (
            <ErrorState error={verification.error} onRetry={() => void verification.refetch()} />
          )}
          {!running && !verification.error && verification.data && <VerificationResult {...verification.data} />}
        </div>
      </Stack>
    </Page>
  );
}
