import { Anchor, Paper, SimpleGrid, Stack, Text, ThemeIcon, Title } from "@mantine/core";
import { IconCash, IconListTree, IconNotebook, IconTruck, IconUserPlus, IconUsers } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMayOpen } from "@/app/boot";
import { hasPage } from "@/app/feature";

const STEPS = [
  { name: "accounts", path: "/accounts", icon: IconListTree },
  { name: "opening", path: "/journals/new", icon: IconNotebook },
  { name: "contacts", path: "/customers", icon: IconUsers },
  { name: "vendors", path: "/vendors", icon: IconTruck },
  { name: "expense", path: "/expenses/new", icon: IconCash },
  { name: "people", path: "/people", icon: IconUserPlus },
] as const;

/** First steps of an organization without transactions, as far as there are pages for them that the role may open. */
export function GettingStarted() {
  const { t } = useTranslation();
  const mayOpen = useMayOpen();
  return (
    <Paper withBorder p="lg" component="section" aria-label={t("dashboard.start")}>
      <Stack gap="md">
        <div>
          <Title order={2}>{t("dashboard.start")}</Title>
          <Text c="dimmed">{t("dashboard.startText")}</Text>
        </div>
        <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
          {STEPS.filter((step) => hasPage(step.path) && mayOpen(step.path)).map(({ name, path, icon: Icon }) => (
            <Paper key={name} withBorder p="md">
              <ThemeIcon variant="light" size="lg" mb="xs" aria-hidden="true">
                <Icon size={20} />
              </ThemeIcon>
              <div>
                <Anchor component={Link} to={path} fw={600}>
                  {t(`dashboard.steps.${name}`)}
                </Anchor>
              </div>
              <Text size="sm" c="dimmed">
                {t(`dashboard.steps.${name}Text`)}
              </Text>
            </Paper>
          ))}
        </SimpleGrid>
      </Stack>
    </Paper>
  );
}
