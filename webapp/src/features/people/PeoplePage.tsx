import { Tabs } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { usePermission } from "@/app/boot";
import { Page } from "@/shared/Page";
import { MembersPanel } from "./MembersPanel";
import { RolesPanel } from "./RolesPanel";

export default function PeoplePage() {
  const { t } = useTranslation();
  const mayChange = usePermission("Preferences", "Mutate");
  return (
    <Page title={t("people.title")}>
      <Tabs defaultValue="members" keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="members">{t("people.members")}</Tabs.Tab>
          {mayChange && <Tabs.Tab value="roles">{t("people.roles")}</Tabs.Tab>}
        </Tabs.List>
        <Tabs.Panel value="members">
          <MembersPanel />
        </Tabs.Panel>
        {mayChange && (
          <Tabs.Panel value="roles">
            <RolesPanel />
          </Tabs.Panel>
        )}
      </Tabs>
    </Page>
  );
}
