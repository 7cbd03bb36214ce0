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
    },
  ],
  routes: [
    {
      path: "/journal-import",
      page: () => import("./ImportPage"),
      permission: { subject: "ManualJournal", action: "Create" },
    },
  ],
  actions: [{ label: "journalImport.title", path: "/journal-import" }],
};
