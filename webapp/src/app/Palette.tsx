import { Button, Kbd, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { Spotlight, type SpotlightActionData, type SpotlightActionGroupData, spotlight } from "@mantine/spotlight";
import "@mantine/spotlight/styles.css";
import { IconArrowRight, IconFileText, IconSearch, IconUser } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { useMay, useMayOpen, usePermission } from "./boot";
import { FEATURES, navigation } from "./feature";

const RECORDS_MAX = 8;
const KEYWORD_MIN = 2;

export function PaletteButton() {
  const { t } = useTranslation();
  return (
    <Button
      variant="default"
      size="xs"
      onClick={spotlight.open}
      leftSection={<IconSearch size={14} />}
      rightSection={
        <Kbd size="xs" visibleFrom="sm">
          Ctrl K
        </Kbd>
      }
      fw={400}
    >
      <Text size="xs" visibleFrom="sm" component="span">
        {t("app.search")}
      </Text>
      <Text size="xs" hiddenFrom="sm" component="span">
        {t("common.search")}
      </Text>
    </Button>
  );
}

interface Found {
  id: string;
  label: string;
  description: string;
  path: string;
  kind: "account" | "contact" | "journal";
}

async function findRecords(keyword: string, withJournals: boolean): Promise<Found[]> {
  const query = { search_keyword: keyword, page_size: RECORDS_MAX };
  const [accounts, journals, contacts] = await Promise.all([
    data(api.GET("/api/accounts", { params: { query: { ...query, structure: "flat" } as never } })),
    withJournals ? data(api.GET("/api/manual-journals", { params: { query: query as never } })) : { manual_journals: [] },
    data(api.GET("/api/contacts/auto-complete", { params: { query: { keyword, limit: RECORDS_MAX } as never } })),
  ]);
  return [
    ...accounts.accounts.slice(0, RECORDS_MAX).map((account) => ({
      id: `account-${account.id}`,
      label: account.name,
      description: account.account_type_label,
      path: `/accounts/${account.id}`,
      kind: "account" as const,
    })),
    ...contacts.map((contact) => ({
      id: `contact-${contact.id}`,
      label: contact.display_name,
      description: contact.formatted_contact_service,
      path: `/${contact.contact_service}s/${contact.id}`,
      kind: "contact" as const,
    })),
    ...journals.manual_journals.map((journal) => ({
      id: `journal-${journal.id}`,
      label: `${journal.journal_number} · ${journal.formatted_amount}`,
      description: [journal.formatted_date, journal.description].filter(Boolean).join(" · "),
      path: `/journals/${journal.id}`,
      kind: "journal" as const,
    })),
  ];
}

/** Ctrl-K: pages, actions and records. */
export function Palette() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const may = useMay();
  const mayOpen = useMayOpen();
  const seesJournals = usePermission("ManualJournal", "View");
  const [typed, setTyped] = useState("");
  const [keyword] = useDebouncedValue(typed.trim(), 200);
  const { data: records = [] } = useQuery({
    queryKey: ["palette", keyword],
    queryFn: () => findRecords(keyword, seesJournals),
    enabled: keyword.length >= KEYWORD_MIN,
  });
  const matches = (label: string) => label.toLowerCase().includes(typed.trim().toLowerCase());

  function entry(
    id: string,
    label: string,
    path: string,
    Icon: typeof IconArrowRight,
    description?: string,
  ): SpotlightActionData {
    return { id, label, description, leftSection: <Icon size={18} />, onClick: () => void navigate({ href: path }) };
  }

  const pages = navigation()
    .filter((item) => mayOpen(item.path))
    .map((item) => ({ label: t(item.label), path: item.path }))
    .filter((item) => matches(item.label));
  const actions = FEATURES.flatMap((feature) => feature.actions ?? [])
    .filter((action) => mayOpen(action.path) && may(action.permission))
    .map((action) => ({ label: t(action.label), path: action.path }))
    .filter((action) => matches(action.label));
  const groups: SpotlightActionGroupData[] = [
    {
      group: t("app.actions"),
      actions: actions.map((action) => entry(`action-${action.path}`, action.label, action.path, IconArrowRight)),
    },
    { group: t("app.pages"), actions: pages.map((page) => entry(`page-${page.path}`, page.label, page.path, IconFileText)) },
    {
      group: t("app.records"),
      actions: records.map((record) =>
        entry(record.id, record.label, record.path, record.kind === "contact" ? IconUser : IconFileText, record.description),
      ),
    },
  ].filter((group) => group.actions.length > 0);
  return (
    <Spotlight
      closeOnClickOutside
      actions={groups}
      query={typed}
      onQueryChange={setTyped}
      filter={(_, all) => all}
      shortcut={["mod + K"]}
      nothingFound={t("app.noMatch")}
      highlightQuery
      scrollable
      maxHeight={420}
      searchProps={{ placeholder: t("app.search"), leftSection: <IconSearch size={18} />, "aria-label": t("app.search") }}
    />
  );
}
