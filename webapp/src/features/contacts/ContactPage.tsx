import { Badge, Button, Card, Group, Menu, Modal, SimpleGrid, Stack, Tabs, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconChevronDown, IconPencil } from "@tabler/icons-react";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { usePermission } from "@/app/boot";
import { confirmDelete } from "@/shared/confirm";
import { History, useSeesHistory } from "@/shared/History";
import { Money } from "@/shared/Money";
import { Page } from "@/shared/Page";
import { QueryView } from "@/shared/QueryView";
import { DANGER } from "@/shared/RowMenu";
import { leavingWhile, useAction } from "@/shared/useAction";
import { type Contact, deleteContact, type Kind, pluralOf, setContactActive, touchedBy, useContact } from "./api";
import { ContactDetails } from "./ContactDetails";
import { ContactStatement } from "./ContactStatement";
import { OpeningBalanceForm } from "./OpeningBalanceForm";

/** One customer or vendor: what is open, details, transactions, history. */
export function ContactPage({ kind }: { kind: Kind }) {
  const { t } = useTranslation();
  const params: Record<string, string | undefined> = useParams({ strict: false });
  const id = Number(params[`${kind}Id`]);
  const [isLeaving, setLeaving] = useState(false);
  const query = useContact(kind, id, !isLeaving);
  const subject = kind === "customer" ? "Customer" : "Vendor";
  const seesTransactions = usePermission("Report", `read-${pluralOf(kind)}-transactions`);
  const seesHistory = useSeesHistory();
  const contact = query.data;
  return (
    <Page
      title={contact?.display_name ?? t(`${pluralOf(kind)}.one`)}
      back={`/${pluralOf(kind)}`}
      actions={contact && <ContactActions key={contact.id} kind={kind} contact={contact} onLeaving={setLeaving} />}
    >
      <QueryView query={query}>
        {(shown) => (
          <Stack>
            <Summary kind={kind} contact={shown} />
            <Tabs defaultValue={seesTransactions ? "transactions" : "details"} keepMounted={false}>
              <Tabs.List mb="md">
                {seesTransactions && <Tabs.Tab value="transactions">{t("contacts.transactions")}</Tabs.Tab>}
                <Tabs.Tab value="details">{t("contacts.details")}</Tabs.Tab>
                {seesHistory && <Tabs.Tab value="history">{t("common.history")}</Tabs.Tab>}
              </Tabs.List>
              <Tabs.Panel value="transactions">
                <ContactStatement key={shown.id} kind={kind} id={shown.id} />
              </Tabs.Panel>
              <Tabs.Panel value="details">
                <ContactDetails contact={shown} />
              </Tabs.Panel>
              <Tabs.Panel value="history">
                <History subject={subject} id={shown.id} />
              </Tabs.Panel>
            </Tabs>
          </Stack>
        )}
      </QueryView>
    </Page>
  );
}

function Summary({ kind, contact }: { kind: Kind; contact: Contact }) {
  const { t } = useTranslation();
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} maw={640}>
      <Card withBorder padding="md">
        <Group justify="space-between">
          <Text size="sm" c="dimmed">
            {kind === "customer" ? t("contacts.balanceOwed") : t("contacts.balanceOwing")}
          </Text>
          {!contact.active && (
            <Badge color="gray" variant="light">
              {t("common.inactive")}
            </Badge>
          )}
        </Group>
        <Text size="xl" fw={700}>
          <Money value={contact.balance} currency={contact.currency_code} />
        </Text>
      </Card>
      <Card withBorder padding="md">
        <Text size="sm" c="dimmed">
          {t("contacts.opening")}
        </Text>
        <Text size="xl" fw={700}>
          <Money value={contact.opening_balance} currency={contact.currency_code} />
        </Text>
        {contact.opening_balance !== 0 && (
          <Text size="xs" c="dimmed">
            {contact.formatted_opening_balance_at}
          </Text>
        )}
      </Card>
    </SimpleGrid>
  );
}

interface ContactActionsProps {
  kind: Kind;
  contact: Contact;
  onLeaving: (leaving: boolean) => void;
}

function ContactActions({ kind, contact, onLeaving }: ContactActionsProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [opened, opening] = useDisclosure(false);
  const subject = kind === "customer" ? "Customer" : "Vendor";
  const canEdit = usePermission(subject, "Edit");
  const canDelete = usePermission(subject, "Delete");
  const activity = useAction({
    call: (active: boolean) => setContactActive(contact.id, active),
    invalidates: touchedBy(kind),
    success: t("common.saved"),
  });
  const removal = useAction({
    call: () => leavingWhile(onLeaving, () => deleteContact(kind, contact.id)),
    invalidates: touchedBy(kind),
    success: t("common.deleted"),
    failure: t("contacts.cannotDelete"),
    done: () => navigate({ to: `/${pluralOf(kind)}` }),
  });
  if (!canEdit && !canDelete) return null;

  function askDelete() {
    confirmDelete({
      title: t("words.deleteOne", { name: contact.display_name }),
      text: t("words.cannotBeUndone"),
      confirm: () => removal.run(undefined),
    });
  }

  return (
    <Group gap="xs">
      {canEdit && (
        <Button
          component={Link}
          to={`/${pluralOf(kind)}/${contact.id}/edit`}
          variant="default"
          leftSection={<IconPencil size={16} />}
        >
          {t("common.edit")}
        </Button>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <Button
            variant="default"
            rightSection={<IconChevronDown size={16} />}
            loading={activity.isPending || removal.isPending}
          >
            {t("words.actions")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {canEdit && <Menu.Item onClick={opening.open}>{t("contacts.openingEdit")}</Menu.Item>}
          {canEdit && (
            <Menu.Item onClick={() => void activity.run(!contact.active)}>
              {contact.active ? t("words.inactivate") : t("words.activate")}
            </Menu.Item>
          )}
          {canDelete && (
            <Menu.Item c={DANGER} onClick={askDelete}>
              {t("common.delete")}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <Modal opened={opened} onClose={opening.close} title={t("contacts.openingEdit")}>
        <OpeningBalanceForm kind={kind} contact={contact} onDone={opening.close} />
      </Modal>
    </Group>
  );
}
