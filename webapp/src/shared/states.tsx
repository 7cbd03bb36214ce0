import { Alert, Button, Center, Loader, Stack, Text, Title } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/api/errors";

export function Loading() {
  const { t } = useTranslation();
  return (
    <Center p="xl" role="status" aria-live="polite">
      <Loader size="sm" />
      <Text ms="sm" c="dimmed">
        {t("common.loading")}
      </Text>
    </Center>
  );
}

export function EmptyState({ title, text, action }: { title: string; text?: string; action?: ReactNode }) {
  return (
    <Stack align="center" p="xl" gap="xs">
      <Title order={2}>{title}</Title>
      {text && (
        <Text c="dimmed" ta="center" maw={520}>
          {text}
        </Text>
      )}
      {action}
    </Stack>
  );
}

export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation();
  const refused = error instanceof ApiError && error.status === 403;
  return (
    <Alert color="red" icon={<IconAlertTriangle />} title={refused ? t("common.notAllowed") : t("common.failed")} role="alert">
      <Text size="sm">{error instanceof Error ? error.message : String(error)}</Text>
      {onRetry && !refused && (
        <Button mt="sm" size="xs" variant="default" onClick={onRetry}>
          {t("common.retry")}
        </Button>
      )}
    </Alert>
  );
}

interface QueryViewProps<T> {
  query: UseQueryResult<T>;
  empty?: { when: (data: T) => boolean; title: string; text?: string; action?: ReactNode };
  children: (data: T) => ReactNode;
}

/** Shows a query: loading, failed with a way to try again, empty, or its data. */
export function QueryView<T>({ query, empty, children }: QueryViewProps<T>) {
  if (query.data !== undefined) {
    return empty?.when(query.data) ? (
      <EmptyState title={empty.title} text={empty.text} action={empty.action} />
    ) : (
      children(query.data)
    );
  }
  if (query.error) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  return <Loading />;
}
