import { IconHistory } from "@tabler/icons-react";
import type { Feature } from "@/app/feature";
import { messages } from "./messages";

export const feature: Feature = {
  messages,
  navigation: [
    {
      section: "organization",
      label: "audit.title",
      path: "/audit-trail",
      icon: IconHistory,
      order: 80,
      permission: { subject: "Preferences", action: "Mutate" },
    },
  ],
  routes: [{ path: "/audit-trail", page: () => import("./AuditTrailPage") }],
};
