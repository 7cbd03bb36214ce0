import { ActionIcon, Button, Group, Menu, Text, TextInput } from "@mantine/core";
import { IconBookmark, IconTrash } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSession } from "@/api/session";
import type { Search } from "./parameters";
import { forget, readSaved, save } from "./saved";

interface SavedMenuProps {
  slug: string;
  current: Search;
  onUse: (search: Search) => void;
}

/** Settings under names of the person's choice. */
export function SavedMenu({ slug, current, onUse }: SavedMenuProps) {
  const { t } = useTranslation();
  const organizationId = useSession()?.organizationId ?? "";
  const [saved, setSaved] = useState(() => readSaved(slug, organizationId));
  const [name, setName] = useState("");
  function keep(event: FormEvent): void {
    event.preventDefault();
    if (!name.trim()) return;
    setSaved(save(slug, organizationId, name.trim(), current));
    setName("");
  }
  return (
    <Menu
      position="bottom-end"
      closeOnItemClick
      onOpen={() => setSaved(readSaved(slug, organizationId))}
      width={280}
      trapFocus={false}
    >
      <Menu.Target>
        <Button variant="default" leftSection={<IconBookmark size={16} />}>
          {t("reports.saved.title")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {saved.length === 0 && (
          <Text size="sm" c="dimmed" p="xs">
            {t("reports.saved.none")}
          </Text>
        )}
        {saved.map((item) => (
          <Group key={item.name} wrap="nowrap" gap={4}>
            <Menu.Item onClick={() => onUse(item.search)}>{item.name}</Menu.Item>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t("reports.saved.delete", { name: item.name })}
              onClick={() => setSaved(forget(slug, organizationId, item.name))}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </Group>
        ))}
        <Menu.Divider />
        <form onSubmit={keep}>
          <Group gap="xs" p="xs" wrap="nowrap" align="end">
            <TextInput
              label={t("reports.saved.name")}
              size="xs"
              maxLength={60}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              onKeyDown={(event) => event.stopPropagation()}
            />
            <Button type="submit" size="xs" disabled={!name.trim()}>
              {t("common.save")}
            </Button>
          </Group>
        </form>
      </Menu.Dropdown>
    </Menu>
  );
}
