import { ActionIcon, Group, Stack, Title } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";

interface PageProps {
  title: string;
  actions?: ReactNode;
  /** Path of the page that this one came from. */
  back?: string;
  children: ReactNode;
}

export function Page({ title, actions, back, children }: PageProps) {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = `${title} · ${t("app.name")}`;
  }, [title, t]);
  return (
    <Stack gap="md">
      <Group justify="space-between" wrap="wrap" gap="xs">
        <Group gap="xs" wrap="nowrap">
          {back && (
            <ActionIcon component={Link} to={back} variant="subtle" color="gray" aria-label={t("common.back")}>
              <IconArrowLeft size={18} className="flip-in-rtl" />
            </ActionIcon>
          )}
          <Title order={1}>{title}</Title>
        </Group>
        {actions && (
          <Group gap="xs" className="no-print">
            {actions}
          </Group>
        )}
      </Group>
      {children}
    </Stack>
  );
}
