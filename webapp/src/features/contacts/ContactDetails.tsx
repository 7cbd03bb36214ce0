import { Anchor, Card, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Contact } from "./api";
import { type AddressKind, addressLines } from "./contactForm";

export function ContactDetails({ contact }: { contact: Contact }) {
  const { t } = useTranslation();
  const person = [contact.salutation, contact.first_name, contact.last_name].filter(Boolean).join(" ");
  return (
    <SimpleGrid cols={{ base: 1, sm: 3 }}>
      <Card withBorder>
        <Stack gap="xs">
          <Title order={2} size="h5">
            {t("contacts.main")}
          </Title>
          <Detail label={t("contacts.company")}>{contact.company_name}</Detail>
          <Detail label={t("common.contact")}>{person}</Detail>
          <Detail label={t("contacts.email")}>
            {contact.email && <Anchor href={`mailto:${contact.email}`}>{contact.email}</Anchor>}
          </Detail>
          <Detail label={t("contacts.workPhone")}>{contact.work_phone}</Detail>
          <Detail label={t("contacts.personalPhone")}>{contact.personal_phone}</Detail>
          <Detail label={t("contacts.website")}>{contact.website}</Detail>
          <Detail label={t("words.currency")}>{contact.currency_code}</Detail>
          <Detail label={t("contacts.note")}>{contact.note}</Detail>
        </Stack>
      </Card>
      <AddressCard contact={contact} kind="billing" />
      <AddressCard contact={contact} kind="shipping" />
    </SimpleGrid>
  );
}

function AddressCard({ contact, kind }: { contact: Contact; kind: AddressKind }) {
  const { t } = useTranslation();
  const lines = addressLines(contact, kind);
  return (
    <Card withBorder>
      <Title order={2} size="h5" mb="xs">
        {t(`contacts.${kind}`)}
      </Title>
      <Text
        component="address"
        size="sm"
        style={{ whiteSpace: "pre-line", fontStyle: "normal" }}
        c={lines.length ? undefined : "dimmed"}
      >
        {lines.join("\n") || t("words.none")}
      </Text>
    </Card>
  );
}

function Detail({ label, children }: { label: string; children: ReactNode }) {
  if (!children) return null;
  return (
    <div>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Text component="div" size="sm" style={{ whiteSpace: "pre-line", overflowWrap: "anywhere" }}>
        {children}
      </Text>
    </div>
  );
}
