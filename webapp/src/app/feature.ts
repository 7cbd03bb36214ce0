import type { ComponentType } from "react";

/** Parts of the navigation, in this order. */
export const SECTIONS = ["home", "accounting", "contacts", "reports", "organization"] as const;
export type Section = (typeof SECTIONS)[number];

export type Messages = { [key: string]: string | Messages };

export interface NavigationItem {
  section: Section;
  /** Key of the message catalogue. */
  label: string;
  path: string;
  icon: ComponentType<{ size?: number | string; stroke?: number | string }>;
  order: number;
  /** Shown only to those who may do this. */
  permission?: { subject: string; action: string };
}

export interface FeatureRoute {
  path: string;
  page: () => Promise<{ default: ComponentType }>;
  /** `app` (the default): signed in, inside of the shell. `setup`: signed in, no shell. `public`: for everybody. */
  area?: "app" | "setup" | "public";
}

export interface FeatureAction {
  label: string;
  path: string;
}

/** What a noun's folder brings to the application. Its `feature.ts` is loaded at start: pages in it are imported lazily. */
export interface Feature {
  messages: { en: Messages; ar?: Messages };
  navigation?: NavigationItem[];
  routes: FeatureRoute[];
  actions?: FeatureAction[];
}

const found = import.meta.glob<{ feature: Feature }>("../features/*/feature.ts", { eager: true });

export const FEATURES: Feature[] = Object.keys(found)
  .sort()
  .map((path) => (found[path] as { feature: Feature }).feature);

export function navigation(): NavigationItem[] {
  return FEATURES.flatMap((feature) => feature.navigation ?? []).sort((a, b) => a.order - b.order);
}
