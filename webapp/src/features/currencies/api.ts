import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api, data, type Schemas } from "@/api/client";

export type Currency = Schemas["CurrencyOut"];
export type ExchangeRate = Schemas["ExchangeRateOut"];

export function useCurrencies() {
  return useQuery({ queryKey: ["currencies", "list"], queryFn: () => data(api.GET("/api/currencies")), staleTime: 60_000 });
}

interface RateQuery {
  page: number;
  page_size: number;
  column_sort_by?: string;
  sort_order?: "asc" | "desc";
}

export function useExchangeRates(query: RateQuery) {
  return useQuery({
    queryKey: ["exchange-rates", "list", query],
    queryFn: () => data(api.GET("/api/exchange-rates", { params: { query } })),
    placeholderData: keepPreviousData,
  });
}

/** The newest known rate of a currency against the base currency; null when none is known. */
export async function fetchLatestRate(from: string, to: string): Promise<number | null> {
  try {
    const { exchange_rate } = await data(
      api.GET("/api/exchange-rates/latest", { params: { query: { from_currency: from, to_currency: to } } }),
    );
    return exchange_rate;
  } catch {
    return null;
  }
}
