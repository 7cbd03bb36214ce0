import { Button, Checkbox, Group, ScrollArea, Stack, Text, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Place } from "./packs";

/** Check boxes that are drawn; the search finds the others. */
const DRAWN_MAX = 200;

interface Props {
  places: Place[];
  value: string[];
  error?: ReactNode;
  onChange: (ids: string[]) => void;
}

/** Organizations to choose from: a search, all or none of what it finds, and their names with check boxes. */
export function OrganizationList({ places, value, error, onChange }: Props) {
  const { t } = useTranslation();
  const [search, setSearch] = useState("");
  const found = places.filter(({ label }) => label.toLowerCase().includes(search.trim().toLowerCase()));
  const ids = new Set(found.map(({ id }) => id));
  const others = value.filter((id) => !ids.has(id));
  return (
    <Stack gap={6}>
      <Group gap="xs" wrap="nowrap">
        <TextInput
          aria-label={t("packs.searchOrganizations")}
          placeholder={t("packs.searchOrganizations")}
          leftSection={<IconSearch size={16} />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
          flex={1}
        />
        <Button variant="default" onClick={() => onChange([...others, ...ids])}>
          {t("packs.chooseAll")}
        </Button>
        <Button variant="default" onClick={() => onChange(others)}>
          {t("packs.chooseNone")}
        </Button>
      </Group>
      <Checkbox.Group
        aria-label={t("packs.scope.chosen")}
        value={value.filter((id) => ids.has(id))}
        error={error}
        onChange={(chosen) => onChange([...others, ...chosen])}
      >
        <ScrollArea.Autosize mah={240} type="auto" bd="1px solid var(--mantine-color-default-border)" bdrs="sm">
          <Stack gap={6} p="xs">
            {found.slice(0, DRAWN_MAX).map(({ id, label }) => (
              <Checkbox key={id} value={id} label={label} />
            ))}
            {found.length === 0 && (
              <Text size="sm" c="dimmed">
                {t("common.noOption")}
              </Text>
            )}
            {found.length > DRAWN_MAX && (
              <Text size="sm" c="dimmed">
                {t("packs.searchForMore", { number: found.length - DRAWN_MAX })}
              </Text>
            )}
          </Stack>
        </ScrollArea.Autosize>
      </Checkbox.Group>
      <Text size="sm" c="dimmed" aria-live="polite">
        {t("packs.chosenCount", { chosen: value.length, number: places.length })}
      </Text>
    </Stack>
  );
}
