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
    },
  ],
  routes: [
    { path: "/audit-trail", page: () => import("./AuditTrailPage"), permission: { subject: "Preferences", action: "Mutate" } },
  ],
};
