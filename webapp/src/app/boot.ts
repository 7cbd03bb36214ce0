import { useQuery } from "@tanstack/react-query";
import { api, data, type Schemas } from "@/api/client";
import { useSession } from "@/api/session";
import { type NeededPermission, permissionOf } from "./feature";

/** What the application must know before it shows a page: the person, the organisation, what the role may do. */
export interface OrganizationProfile {
  name: string;
  base_currency: string;
  language: string;
  fiscal_year: string;
  timezone: string;
  date_format: string | null;
  location: string;
  industry: string | null;
}

export function useAccountQuery() {
  const session = useSession();
  return useQuery({
    queryKey: ["auth", "account"],
    queryFn: () => data(api.GET("/api/auth/account")),
    enabled: session !== null,
  });
}

export function useOrganizationQuery() {
  const session = useSession();
  return useQuery({
    queryKey: ["organization", "current"],
    queryFn: () => data(api.GET("/api/organization/current")),
    enabled: Boolean(session?.organizationId),
  });
}

export function useBootQuery(enabled: boolean) {
  return useQuery({
    queryKey: ["dashboard", "boot"],
    queryFn: () => data(api.GET("/api/dashboard/boot")),
    staleTime: 60_000,
    enabled,
  });
}

/** The signed-in person, once loaded. */
export function useAccount(): Schemas["UserOut"] | undefined {
  return useAccountQuery().data;
}

/** The organisation's profile; pages inside of the shell are shown only when it is there. */
export function useOrganization(): OrganizationProfile {
  const metadata = useOrganizationQuery().data?.metadata as OrganizationProfile | null | undefined;
  return (
    metadata ?? {
      name: "",
      base_currency: "USD",
      language: "en",
      fiscal_year: "january",
      timezone: "UTC",
      date_format: null,
      location: "US",
      industry: null,
    }
  );
}

/** Whether the person's role may do this. What is hidden here is refused by the server too. */
export function usePermission(subject: string, action: string): boolean {
  const boot = useBootQuery(true).data;
  return allows((boot?.abilities ?? []) as Ability[], subject, action);
}

/** Tells whether the person's role has what is needed, where anything is. */
export function useMay(): (needed: NeededPermission | undefined) => boolean {
  const boot = useBootQuery(true).data;
  return (needed) => !needed || allows((boot?.abilities ?? []) as Ability[], needed.subject, needed.action);
}

/** Tells of a page's path whether the person's role may open it. */
export function useMayOpen(): (path: string) => boolean {
  const may = useMay();
  return (path) => may(permissionOf(path));
}

export function useFeature(name: string): boolean {
  return Boolean(useBootQuery(true).data?.features.find((feature) => feature.name === name)?.is_accessible);
}

interface Ability {
  subject: string;
  action: string;
}

/** Whether abilities hold an action on a subject; any action, where none is named. */
export function allows(abilities: Ability[], subject: string, action?: string): boolean {
  const wanted = subject.toLowerCase();
  return abilities.some(
    (ability) =>
      (ability.subject === "all" && ability.action === "manage") ||
      (ability.subject.toLowerCase() === wanted && (!action || ability.action.toLowerCase() === action.toLowerCase())),
  );
}
