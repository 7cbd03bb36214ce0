import { useQuery } from "@tanstack/react-query";
import { api, data, type Schemas } from "@/api/client";

export type TaxRate = Schemas["TaxRateOut"];

export const TOUCHED = ["tax-rates", "audit-trail"];

export function useTaxRates() {
  return useQuery({ queryKey: ["tax-rates", "list"], queryFn: async () => (await data(api.GET("/api/tax-rates"))).data });
}

export async function saveTaxRate(id: number | null, body: Schemas["TaxRateIn"]): Promise<void> {
  if (id === null) await data(api.POST("/api/tax-rates", { body }));
  else await data(api.PUT("/api/tax-rates/{tax_rate_id}", { params: { path: { tax_rate_id: id } }, body }));
}

export async function setTaxRateActive(id: number, active: boolean): Promise<void> {
  const params = { params: { path: { tax_rate_id: id } } };
  if (active) await data(api.PUT("/api/tax-rates/{tax_rate_id}/activate", params));
  else await data(api.PUT("/api/tax-rates/{tax_rate_id}/inactivate", params));
}

export async function deleteTaxRate(id: number): Promise<void> {
  await data(api.DELETE("/api/tax-rates/{tax_rate_id}", { params: { path: { tax_rate_id: id } } }));
}
