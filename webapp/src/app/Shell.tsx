import { Alert, AppShell, Burger, Group, NavLink, ScrollArea, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconCloudOff } from "@tabler/icons-react";
import { Link, Navigate, Outlet, useLocation, useMatches } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useConnected } from "@/api/connection";
import { useLiveUpdates } from "@/api/events";
import { ErrorState, Loading } from "@/shared/states";
import { useAccount, useAccountQuery, useBootQuery, useMayOpen, useOrganizationQuery } from "./boot";
import { NoPermissionPage } from "./FallbackPages";
import { navigation, SECTIONS } from "./feature";
import { OrganizationMenu } from "./OrganizationMenu";
import { Palette, PaletteButton } from "./Palette";
import { Shortcuts } from "./Shortcuts";
import { useLeaveWhenSignedOut } from "./SignedInArea";
import { UserMenu } from "./UserMenu";

/** The frame of every signed-in page. Sends people on who have to confirm their address or set up their organisation first. */
export function Shell() {
  useLeaveWhenSignedOut();
  const account = useAccountQuery();
  const organization = useOrganizationQuery();
  const ready = organization.data?.is_ready ?? false;
  const boot = useBootQuery(ready);
  const failed = account.error ?? organization.error ?? boot.error;
  if (failed) return <ErrorState error={failed} onRetry={() => window.location.reload()} />;
  if (account.data && !account.data.verified) return <Navigate to="/auth/register/verify" replace />;
  if (organization.data && !ready) return <Navigate to="/setup" replace />;
  if (!account.data || !organization.data || !boot.data) return <Loading />;
  return <Frame />;
}

function Frame() {
  const { t } = useTranslation();
  const [opened, { toggle, close }] = useDisclosure(false);
  useLiveUpdates(useAccount()?.id);
  return (
    <AppShell header={{ height: 52 }} navbar={{ width: 232, breakpoint: "sm", collapsed: { mobile: !opened } }} padding="md">
      <a className="skip-link" href="#content">
        {t("app.skip")}
      </a>
      <AppShell.Header className="no-print">
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <Burger
              opened={opened}
              onClick={toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label={t("app.menu")}
              aria-expanded={opened}
            />
            <Text fw={700} component={Link} to="/" c="inherit" td="none" visibleFrom="xs">
              {t("app.name")}
            </Text>
            <OrganizationMenu />
          </Group>
          <PaletteButton />
          <UserMenu />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar className="no-print" aria-label={t("app.name")}>
        <Navigation onChosen={close} />
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        <Connection />
        <Content />
      </AppShell.Main>
      <Palette />
      <Shortcuts />
    </AppShell>
  );
}

/** The page; where the role does not allow it, another that says so. What may not be seen is not even drawn. */
function Content() {
  const mayOpen = useMayOpen();
  const path: string | undefined = useMatches().at(-1)?.fullPath;
  return path === undefined || mayOpen(path) ? <Outlet /> : <NoPermissionPage />;
}

function Connection() {
  const { t } = useTranslation();
  if (useConnected()) return null;
  return (
    <Alert color="yellow" mb="md" icon={<IconCloudOff />} role="status">
      {t("app.offline")}
    </Alert>
  );
}

function showActive(link: HTMLAnchorElement | null): void {
  link?.scrollIntoView({ block: "nearest" });
}

function Navigation({ onChosen }: { onChosen: () => void }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const mayOpen = useMayOpen();
  const items = navigation().filter(({ path }) => mayOpen(path));
  const isActive = (path: string) => (path === "/" ? pathname === "/" : pathname === path || pathname.startsWith(`${path}/`));
  return (
    <ScrollArea h="100%" p="xs">
      {SECTIONS.map((section) => {
        const own = items.filter((item) => item.section === section);
        if (own.length === 0) return null;
        return (
          <div key={section}>
            <Text size="xs" fw={600} c="dimmed" px="sm" pt="sm" pb={4}>
              {t(`app.sections.${section}`)}
            </Text>
            {own.map(({ path, label, icon: Icon }) => (
              <NavLink
                key={path}
                component={Link}
                to={path}
                label={t(label)}
                leftSection={<Icon size={18} stroke={1.6} />}
                py={6}
                active={isActive(path)}
                ref={isActive(path) ? showActive : undefined}
                onClick={onChosen}
              />
            ))}
          </div>
        );
      })}
    </ScrollArea>
  );
}
