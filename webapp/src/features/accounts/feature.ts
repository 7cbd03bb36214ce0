import { IconListTree } from "@tabler/icons-react";
import type { Feature } from "@/app/feature";
import { messages } from "./messages";

export const feature: Feature = {
  messages,
  navigation: [{ section: "accounting", label: "accounts.title", path: "/accounts", icon: IconListTree, order: 10 }],
  routes: [
    { path: "/accounts", page: () => import("./AccountsPage"), permission: { subject: "Account", action: "View" } },
    { path: "/accounts/new", page: () => import("./AccountsPage"), permission: { subject: "Account", action: "Create" } },
    { path: "/accounts/$accountId", page: () => import("./RegisterPage"), permission: { subject: "Account", action: "View" } },
  ],
  actions: [{ label: "accounts.new", path: "/accounts/new" }],
};
