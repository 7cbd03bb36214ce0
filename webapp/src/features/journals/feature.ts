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
    },
  ],
  routes: [
    { path: "/journals", page: () => import("./JournalsPage"), permission: { subject: "ManualJournal", action: "View" } },
    { path: "/journals/new", page: () => import("./NewJournalPage"), permission: { subject: "ManualJournal", action: "Create" } },
    {
      path: "/journals/$journalId",
      page: () => import("./JournalPage"),
      permission: { subject: "ManualJournal", action: "View" },
    },
    {
      path: "/journals/$journalId/edit",
      page: () => import("./EditJournalPage"),
      permission: { subject: "ManualJournal", action: "Edit" },
    },
  ],
  actions: [
    { label: "journals.new", path: "/journals/new" },
    { label: "journals.title", path: "/journals" },
  ],
};
