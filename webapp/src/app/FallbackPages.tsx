import { Button, Stack, Text, ThemeIcon, Title } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";

export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <Stack component="main" align="center" p="xl" gap="sm">
      <Title order={1}>{t("app.notFound")}</Title>
      <Text c="dimmed">{t("app.notFoundText")}</Text>
      <Button component="a" href="/">
        {t("app.home")}
      </Button>
    </Stack>
  );
}

/** Inside of the shell: the role does not allow what the page is for. */
export function NoPermissionPage() {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = `${t("common.notAllowed")} · ${t("app.name")}`;
  }, [t]);
  return (
    <Stack align="center" p="xl" gap="sm">
      <ThemeIcon variant="light" size={56} radius="xl" aria-hidden="true">
        <IconLock size={28} />
      </ThemeIcon>
      <Title order={1} ta="center">
        {t("common.notAllowed")}
      </Title>
      <Text c="dimmed" ta="center" maw={520}>
        {t("app.noPermissionText")}
      </Text>
      <Button component={Link} to="/">
        {t("app.home")}
      </Button>
    </Stack>
  );
}

/** A page that failed while it was drawn, or whose file is gone since a newer version was installed. */
export function CrashedPage({ error }: { error: unknown }) {
  const { t } = useTranslation();
  const message = error instanceof Error ? error.message : String(error);
  const outdated = /import|fetch/i.test(message);
  return (
    <Stack component="main" align="center" p="xl" gap="sm" role="alert">
      <Title order={1}>{t("app.crashed")}</Title>
      <Text c="dimmed">{outdated ? t("app.updated") : message}</Text>
      <Button onClick={() => window.location.reload()}>{t("app.reload")}</Button>
    </Stack>
  );
}
