import { IconFileImport } from "@tabler/icons-react";
import type { Feature } from "@/app/feature";
import { ar, en } from "./messages";

export const feature: Feature = {
  messages: { en: { journalImport: en }, ar: { journalImport: ar } },
  navigation: [
    {
      section: "accounting",
      label: "journalImport.navigation",
      path: "/journal-import",
      icon: IconFileImport,
      order: 25,
      permission: { subject: "ManualJournal", action: "Create" },
    },
  ],
  routes: [{ path: "/journal-import", page: () => import("./ImportPage") }],
  actions: [{ label: "journalImport.title", path: "/journal-import" }],
};
