import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Page } from "@/shared/Page";
import { QueryView } from "@/shared/QueryView";
import { type Kind, pluralOf, useContact } from "./api";
import { ContactForm } from "./ContactForm";

export function ContactNewPage({ kind }: { kind: Kind }) {
  const { t } = useTranslation();
  return (
    <Page title={t(`${pluralOf(kind)}.new`)} back={`/${pluralOf(kind)}`}>
      <ContactForm kind={kind} contact={null} />
    </Page>
  );
}

export function ContactEditPage({ kind }: { kind: Kind }) {
  const { t } = useTranslation();
  const params: Record<string, string | undefined> = useParams({ strict: false });
  const id = Number(params[`${kind}Id`]);
  const query = useContact(kind, id);
  return (
    <Page title={query.data?.display_name ?? t(`${pluralOf(kind)}.one`)} back={`/${pluralOf(kind)}/${id}`}>
      <QueryView query={query}>{(contact) => <ContactForm key={contact.id} kind={kind} contact={contact} />}</QueryView>
    </Page>
  );
}
