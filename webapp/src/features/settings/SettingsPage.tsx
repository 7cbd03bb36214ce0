import { Alert, Tabs } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useOrganizationQuery, usePermission } from "@/app/boot";
import { History } from "@/shared/History";
import { Page } from "@/shared/Page";
import { QueryView } from "@/shared/QueryView";
import { AccountingForm } from "./AccountingForm";
import { useSettings } from "./api";
import { ProfileForm } from "./ProfileForm";

const ORGANIZATION_RECORD = 1;

export default function SettingsPage() {
  const { t } = useTranslation();
  const mayChange = usePermission("Preferences", "Mutate");
  const organization = useOrganizationQuery();
  const settings = useSettings();
  return (
    <Page title={t("settings.title")}>
      {!mayChange && <Alert color="blue">{t("settings.readOnly")}</Alert>}
      <Tabs defaultValue="organization" keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="organization">{t("settings.organization")}</Tabs.Tab>
          <Tabs.Tab value="accounting">{t("settings.accounting")}</Tabs.Tab>
          {mayChange && <Tabs.Tab value="history">{t("common.history")}</Tabs.Tab>}
        </Tabs.List>
        <Tabs.Panel value="organization">
          <QueryView query={organization}>
            {({ metadata }) => <ProfileForm profile={(metadata ?? {}) as Record<string, unknown>} readOnly={!mayChange} />}
          </QueryView>
        </Tabs.Panel>
        <Tabs.Panel value="accounting">
          <QueryView query={settings}>{(found) => <AccountingForm settings={found} readOnly={!mayChange} />}</QueryView>
        </Tabs.Panel>
        {mayChange && (
          <Tabs.Panel value="history">
            <History subject="Organization" id={ORGANIZATION_RECORD} />
          </Tabs.Panel>
        )}
      </Tabs>
    </Page>
  );
}
