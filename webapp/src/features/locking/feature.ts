import { IconLock } from "@tabler/icons-react";
import type { Feature } from "@/app/feature";
import { ar, en } from "./messages";

export const feature: Feature = {
  messages: { en, ar },
  navigation: [
    {
      section: "organization",
      label: "locking.title",
      path: "/transactions-locking",
      icon: IconLock,
      order: 60,
    },
  ],
  routes: [
    {
      path: "/transactions-locking",
      page: () => import("./LockingPage"),
      permission: { subject: "Account", action: "TransactionsLocking" },
    },
  ],
  actions: [{ label: "locking.title", path: "/transactions-locking" }],
};
