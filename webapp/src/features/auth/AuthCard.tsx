import { Anchor, Center, Paper, Stack, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";

interface AuthCardProps {
  title: string;
  text?: string;
  children?: ReactNode;
  other?: { text: string; label: string; to: string };
}

/** The frame of the pages before sign-in. */
export function AuthCard({ title, text, children, other }: AuthCardProps) {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = `${title} · ${t("app.name")}`;
  }, [title, t]);
  return (
    <Center component="main" mih="100vh" p="md">
      <Stack w="100%" maw={420} gap="lg">
        <Text fw={700} size="lg" ta="center">
          {t("app.name")}
        </Text>
        <Paper withBorder p="lg">
          <Stack>
            <Title order={1}>{title}</Title>
            {text && <Text c="dimmed">{text}</Text>}
            {children}
          </Stack>
        </Paper>
        {other && (
          <Text ta="center" size="sm">
            {other.text}{" "}
            <Anchor component={Link} to={other.to} underline="always">
              {other.label}
            </Anchor>
          </Text>
        )}
      </Stack>
    </Center>
  );
}
