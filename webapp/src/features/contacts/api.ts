import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api, data, type Schemas } from "@/api/client";
import type { ListQuery } from "@/shared/useList";

export type Kind = "customer" | "vendor";
/** A customer or vendor; `customer_type` is there for customers only. */
export type Contact = Schemas["ContactDetailOut"] & { customer_type?: string | null };
export type ContactBody = Schemas["CustomerIn"];
export type Statement = Schemas["CustomerStatementOut"] | Schemas["VendorStatementOut"];

export function pluralOf(kind: Kind): "customers" | "vendors" {
  return `${kind}s`;
}

/** What a change of a contact makes outdated. */
export function touchedBy(kind: Kind): string[] {
  return [pluralOf(kind), "contacts", "reports", "dashboard", "audit-trail"];
}

interface ContactListQuery extends ListQuery {
  view_slug?: string;
  inactive_mode?: boolean;
  only_inactive?: boolean;
}

async function fetchContacts(kind: Kind, query: ContactListQuery): Promise<{ rows: Contact[]; total: number }> {
  if (kind === "customer") {
    const { customers, pagination } = await data(api.GET("/api/customers", { params: { query } }));
    return { rows: customers, total: pagination.total ?? customers.length };
  }
  const { vendors, pagination } = await data(api.GET("/api/vendors", { params: { query } }));
  return { rows: vendors, total: pagination.total ?? vendors.length };
}

export function useContacts(kind: Kind, query: ContactListQuery) {
  return useQuery({
    queryKey: [pluralOf(kind), "list", query],
    queryFn: () => fetchContacts(kind, query),
    placeholderData: keepPreviousData,
  });
}

/** `enabled` false: what is shown stays, and nothing is fetched, as while the contact is being deleted. */
export function useContact(kind: Kind, id: number, enabled = true) {
  return useQuery({
    queryKey: [pluralOf(kind), "one", id],
    enabled,
    queryFn: (): Promise<Contact> =>
      kind === "customer"
        ? data(api.GET("/api/customers/{customer_id}", { params: { path: { customer_id: id } } }))
        : data(api.GET("/api/vendors/{vendor_id}", { params: { path: { vendor_id: id } } })),
  });
}

/** Write a new contact, or change the one with this id. Answers its id. */
export async function saveContact(kind: Kind, id: number | null, body: ContactBody): Promise<number> {
  if (id === null) {
    const created = await (kind === "customer"
      ? data(api.POST("/api/customers", { body }))
      : data(api.POST("/api/vendors", { body })));
    return created.id;
  }
  if (kind === "customer") await data(api.PUT("/api/customers/{customer_id}", { params: { path: { customer_id: id } }, body }));
  else await data(api.PUT("/api/vendors/{vendor_id}", { params: { path: { vendor_id: id } }, body }));
  return id;
}

export function saveOpeningBalance(kind: Kind, id: number, body: Schemas["OpeningBalanceIn"]) {
  return kind === "customer"
    ? data(api.PUT("/api/customers/{customer_id}/opening-balance", { params: { path: { customer_id: id } }, body }))
    : data(api.PUT("/api/vendors/{vendor_id}/opening-balance", { params: { path: { vendor_id: id } }, body }));
}

export function deleteContact(kind: Kind, id: number): Promise<unknown> {
  return kind === "customer"
    ? data(api.DELETE("/api/customers/{customer_id}", { params: { path: { customer_id: id } } }))
    : data(api.DELETE("/api/vendors/{vendor_id}", { params: { path: { vendor_id: id } } }));
}

export function checkBulkDelete(kind: Kind, ids: number[]): Promise<Schemas["BulkDeleteCheckOut"]> {
  return kind === "customer"
    ? data(api.POST("/api/customers/validate-bulk-delete", { body: { ids } }))
    : data(api.POST("/api/vendors/validate-bulk-delete", { body: { ids } }));
}

export function bulkDelete(kind: Kind, ids: number[]): Promise<unknown> {
  const body = { ids, skip_undeletable: true };
  return kind === "customer"
    ? data(api.POST("/api/customers/bulk-delete", { body }))
    : data(api.POST("/api/vendors/bulk-delete", { body }));
}

export function setContactActive(id: number, active: boolean): Promise<unknown> {
  const params = { params: { path: { contact_id: id } } };
  return active
    ? data(api.PATCH("/api/contacts/{contact_id}/activate", params))
    : data(api.PATCH("/api/contacts/{contact_id}/inactivate", params));
}

/** The contact's transactions of a period, each with the balance after it. */
export function useStatement(kind: Kind, id: number, from: string, to: string) {
  return useQuery({
    queryKey: ["reports", `transactions-by-${pluralOf(kind)}`, id, from, to],
    placeholderData: keepPreviousData,
    queryFn: async (): Promise<Statement | null> => {
      const period = { from_date: from, to_date: to, none_transactions: false };
      const report = (
        kind === "customer"
          ? await data(
              api.GET("/api/reports/transactions-by-customers", { params: { query: { ...period, customers_ids: [id] } } }),
            )
          : await data(api.GET("/api/reports/transactions-by-vendors", { params: { query: { ...period, vendors_ids: [id] } } }))
      ) as Schemas["CustomerTransactionsOut"] | Schemas["VendorTransactionsOut"];
      return report.data[0] ?? null;
    },
  });
}
