import { IconNotebook } from "@tabler/icons-react";
import type { Feature } from "@/app/feature";
import { ar, en } from "./messages";

export const feature: Feature = {
  messages: {
    en: { journals: en },
    ar: { journals: ar },
  },
  navigation: [
    {
      section: "accounting",
      label: "journals.title",
      path: "/journals",
      icon: IconNotebook,
      order: 20,
      permission: { subject: "ManualJournal", action: "View" },
    },
  ],
  routes: [
    { path: "/journals", page: () => import("./JournalsPage") },
    { path: "/journals/new", page: () => import("./NewJournalPage") },
    { path: "/journals/$journalId", page: () => import("./JournalPage") },
    { path: "/journals/$journalId/edit", page: () => import("./EditJournalPage") },
  ],
  actions: [
    { label: "journals.new", path: "/journals/new" },
    { label: "journals.title", path: "/journals" },
  ],
};
