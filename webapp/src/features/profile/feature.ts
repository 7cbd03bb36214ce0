import type { Feature } from "@/app/feature";
import { ar, en } from "./messages";

/** Reached from the user menu and the palette; it concerns the person, so it stands in no section of the organisation's navigation. */
export const feature: Feature = {
  messages: { en: { profile: en }, ar: { profile: ar } },
  routes: [{ path: "/profile", page: () => import("./ProfilePage") }],
  actions: [{ label: "profile.title", path: "/profile" }],
};
