import { Avatar, Menu, UnstyledButton } from "@mantine/core";
import { IconCheck, IconLanguage, IconLogout, IconMoon, IconSun, IconUser, IconUserCog } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { setSession } from "@/api/session";
import { useAccount } from "./boot";
import { OrganizationItems } from "./OrganizationMenu";
import { usePreferences } from "./preferences";

/** Ends the session here and at the server; a server that does not answer does not keep anybody signed in here. */
export async function signOut(): Promise<void> {
  await api.POST("/api/auth/signout").catch(() => undefined);
  setSession(null);
}

export function UserMenu() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const account = useAccount();
  const { language, languages, setLanguage, colours, setColours } = usePreferences();
  const name = [account?.first_name, account?.last_name].filter(Boolean).join(" ");

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
        <Menu.Item leftSection={<IconUserCog size={16} />} onClick={() => void navigate({ to: "/profile" })}>
          {t("profile.title")}
        </Menu.Item>
        <Menu.Divider />
        <OrganizationItems />
        <Menu.Divider />
        <Menu.Item
          leftSection={colours === "dark" ? <IconSun size={16} /> : <IconMoon size={16} />}
          onClick={() => setColours(colours === "dark" ? "light" : "dark")}
        >
          {t(colours === "dark" ? "app.light" : "app.dark")}
        </Menu.Item>
        {languages.map(({ code, name: own }) => (
          <Menu.Item
            key={code}
            lang={code}
            leftSection={<IconLanguage size={16} />}
            rightSection={language === code ? <IconCheck size={16} /> : null}
            onClick={() => setLanguage(code)}
          >
            {own}
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
