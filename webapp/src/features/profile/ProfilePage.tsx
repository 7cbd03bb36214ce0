import { Button, Paper, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { IconLogout } from "@tabler/icons-react";
import { type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import { useAccountQuery } from "@/app/boot";
import { confirmDelete } from "@/shared/confirm";
import { Page } from "@/shared/Page";
import { QueryView } from "@/shared/QueryView";
import { signOutEverywhere } from "./api";
import { LooksForm } from "./LooksForm";
import { NameForm } from "./NameForm";
import { PasswordForm } from "./PasswordForm";
import { PlacesList } from "./PlacesList";

/** What concerns the person and not the organisation. */
export default function ProfilePage() {
  const { t } = useTranslation();
  const account = useAccountQuery();
  return (
    <Page title={t("profile.title")}>
      <QueryView query={account}>
        {(person) => (
          <SimpleGrid cols={{ base: 1, md: 2 }} maw={1080}>
            <Stack>
              <Part title={t("profile.name")} text={t("profile.nameText")}>
                <NameForm key={`${person.first_name} ${person.last_name}`} person={person} />
              </Part>
              <Part title={t("profile.looks")} text={t("profile.looksText")}>
                <LooksForm />
              </Part>
            </Stack>
            <Stack>
              <Part title={t("profile.password")} text={t("profile.passwordText")}>
                <PasswordForm email={person.email} />
              </Part>
              <Part title={t("profile.organizations")}>
                <PlacesList />
              </Part>
              <Part title={t("profile.sessions")} text={t("profile.sessionsText")}>
                <SignOutEverywhere />
              </Part>
            </Stack>
          </SimpleGrid>
        )}
      </QueryView>
    </Page>
  );
}

function SignOutEverywhere() {
  const { t } = useTranslation();
  const ask = () =>
    confirmDelete({
      title: t("profile.everywhereAsk"),
      text: t("profile.sessionsText"),
      label: t("profile.everywhere"),
      confirm: signOutEverywhere,
    });
  return (
    <Button variant="default" leftSection={<IconLogout size={16} />} onClick={ask} style={{ alignSelf: "flex-start" }}>
      {t("profile.everywhere")}
    </Button>
  );
}

function Part({ title, text, children }: { title: string; text?: string; children: ReactNode }) {
  const id = useId();
  return (
    <Paper withBorder p="md" component="section" aria-labelledby={id}>
      <Stack gap="sm" align="stretch">
        <div>
          <Title order={2} id={id}>
            {title}
          </Title>
          {text && (
            <Text size="sm" c="dimmed">
              {text}
            </Text>
          )}
        </div>
        {children}
      </Stack>
    </Paper>
  );
}
