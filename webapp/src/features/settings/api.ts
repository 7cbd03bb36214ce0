import { useQuery } from "@tanstack/react-query";
import { api, data, type Schemas } from "@/api/client";

export type Setting = Schemas["SettingOut"];
export type SettingChange = Schemas["SettingIn"];

export function useSettings() {
  return useQuery({ queryKey: ["settings", "list"], queryFn: () => data(api.GET("/api/settings")) });
}

export function useDateFormats() {
  return useQuery({ queryKey: ["date-formats"], queryFn: () => data(api.GET("/api/date-formats")), staleTime: 600_000 });
}

export function useBaseCurrencyLock() {
  return useQuery({
    queryKey: ["organization", "base-currency-mutate"],
    queryFn: () => data(api.GET("/api/organization/base-currency-mutate")),
  });
}

function storedValue(settings: Setting[], group: string, key: string): unknown {
  return settings.find((setting) => setting.group === group && setting.key === key)?.value ?? null;
}

/** A setting whose value is an id; null where nothing is stored. */
export function settingNumber(settings: Setting[], group: string, key: string): number | null {
  const value = storedValue(settings, group, key);
  const number = value === null || value === "" ? Number.NaN : Number(value);
  return Number.isInteger(number) ? number : null;
}

export function settingText(settings: Setting[], group: string, key: string): string {
  const value = storedValue(settings, group, key);
  return value === null ? "" : String(value);
}

export function settingFlag(settings: Setting[], group: string, key: string): boolean {
  const value = storedValue(settings, group, key);
  return value === true || value === 1 || value === "1" || value === "true";
}
