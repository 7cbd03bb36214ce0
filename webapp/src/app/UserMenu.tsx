import { Avatar, Menu, UnstyledButton, useMantineColorScheme } from "@mantine/core";
import { IconBuilding, IconCheck, IconLanguage, IconLogout, IconMoon, IconPlus, IconSun, IconUser } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { getSession, setSession } from "@/api/session";
import { LANGUAGES, type Language, setLanguage } from "@/i18n";
import { useAccount } from "./boot";

export function usePlaces() {
  return useQuery({ queryKey: ["organizations"], queryFn: () => data(api.GET("/api/organizations")), staleTime: 60_000 });
}

/** Ends the session here and at the server; a server that does not answer does not keep anybody signed in here. */
export async function signOut(): Promise<void> {
  await api.POST("/api/auth/signout").catch(() => undefined);
  setSession(null);
}

export function UserMenu() {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const account = useAccount();
  const { data: places } = usePlaces();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const name = [account?.first_name, account?.last_name].filter(Boolean).join(" ");

  function choose(organizationId: string): void {
    const session = getSession();
    if (session) setSession({ ...session, organizationId });
    void navigate({ to: "/" });
  }

  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <UnstyledButton aria-label={t("app.account")}>
          <Avatar size={34} radius="xl" color="ledger" variant="filled">
            <IconUser size={20} />
          </Avatar>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {name} · {account?.email}
        </Menu.Label>
        <Menu.Divider />
        <Menu.Label>{t("app.organizations")}</Menu.Label>
        {places?.organizations.map((place) => (
          <Menu.Item
            key={place.organization_id}
            leftSection={<IconBuilding size={16} />}
            rightSection={place.is_current ? <IconCheck size={16} /> : null}
            onClick={() => choose(place.organization_id)}
          >
            {place.name ?? place.organization_id}
          </Menu.Item>
        ))}
        <Menu.Item leftSection={<IconPlus size={16} />} onClick={() => void navigate({ to: "/organizations/new" })}>
          {t("app.newOrganization")}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          leftSection={colorScheme === "dark" ? <IconSun size={16} /> : <IconMoon size={16} />}
          onClick={() => setColorScheme(colorScheme === "dark" ? "light" : "dark")}
        >
          {t(colorScheme === "dark" ? "app.light" : "app.dark")}
        </Menu.Item>
        {Object.entries(LANGUAGES).map(([code, language]) => (
          <Menu.Item
            key={code}
            lang={code}
            leftSection={<IconLanguage size={16} />}
            rightSection={i18n.language === code ? <IconCheck size={16} /> : null}
            onClick={() => setLanguage(code as Language)}
          >
            {language.name}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void signOut()}>
          {t("app.signOut")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
