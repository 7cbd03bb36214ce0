import { Button, Menu } from "@mantine/core";
import { IconBuilding, IconCheck, IconChevronDown, IconPlus } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useOrganization } from "./boot";
import { useChooseOrganization, usePlaces } from "./places";

/** The person's organisations as items of a menu, and a new one. */
export function OrganizationItems() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { data: places } = usePlaces();
  const choose = useChooseOrganization();
  return (
    <>
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
    </>
  );
}

/** In the header: whose books these are, and the way to others. */
export function OrganizationMenu() {
  const { t } = useTranslation();
  const { name } = useOrganization();
  return (
    <Menu position="bottom-start" width={260}>
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          c="inherit"
          size="compact-md"
          fw={500}
          maw={260}
          visibleFrom="sm"
          rightSection={<IconChevronDown size={14} />}
          aria-label={t("app.organizationMenu", { name })}
        >
          {name}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <OrganizationItems />
      </Menu.Dropdown>
    </Menu>
  );
}
