import { IconPackageExport } from "@tabler/icons-react";
import type { Feature } from "@/app/feature";
import { ar, en } from "./messages";

export const feature: Feature = {
  messages: { en: { packs: en }, ar: { packs: ar } },
  navigation: [{ section: "reports", label: "packs.title", path: "/packs", icon: IconPackageExport, order: 20 }],
  routes: [
    { path: "/packs", page: () => import("./PacksPage") },
    { path: "/packs/new", page: () => import("./NewPackPage"), permission: { subject: "Preferences", action: "Mutate" } },
    { path: "/packs/schedules", page: () => import("./SchedulesPage") },
    { path: "/packs/$packId", page: () => import("./PackPage") },
  ],
  actions: [
    { label: "packs.new", path: "/packs/new" },
    { label: "packs.schedules", path: "/packs/schedules" },
  ],
};
