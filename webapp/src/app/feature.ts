import type { ComponentType } from "react";

/** Parts of the navigation, in this order. */
export const SECTIONS = ["home", "accounting", "contacts", "reports", "organization"] as const;
export type Section = (typeof SECTIONS)[number];

export type Messages = { [key: string]: string | Messages };

export interface NeededPermission {
  subject: string;
  /** Any one of the subject's, where none is named. */
  action?: string;
}

export interface NavigationItem {
  section: Section;
  /** Key of the message catalogue. */
  label: string;
  path: string;
  icon: ComponentType<{ size?: number | string; stroke?: number | string }>;
  order: number;
}

export interface FeatureRoute {
  path: string;
  page: () => Promise<{ default: ComponentType }>;
  /** `app` (the default): signed in, inside of the shell. `setup`: signed in, no shell. `public`: for everybody. */
  area?: "app" | "setup" | "public";
  /** Shown, in the navigation and everywhere that leads there, only to those who may do this; others are told so on the page. */
  permission?: NeededPermission;
}

export interface FeatureAction {
  label: string;
  path: string;
  /** What the action asks of a role, where its page alone does not say so. */
  permission?: NeededPermission;
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

const ROUTES = new Map(FEATURES.flatMap((feature) => feature.routes).map((route) => [route.path, route]));

/** What the page at a path asks of a role. */
export function permissionOf(path: string): NeededPermission | undefined {
  return ROUTES.get(path)?.permission;
}

export function hasPage(path: string): boolean {
  return ROUTES.has(path);
}

export function navigation(): NavigationItem[] {
  return FEATURES.flatMap((feature) => feature.navigation ?? []).sort((a, b) => a.order - b.order);
}
