import { IconShieldCheck } from "@tabler/icons-react";
import type { Feature } from "@/app/feature";
import { messages } from "./messages";

export const feature: Feature = {
  messages,
  navigation: [
    {
      section: "organization",
      label: "verification.title",
      path: "/verification",
      icon: IconShieldCheck,
      order: 85,
    },
  ],
  routes: [
    { path: "/verification", page: () => import("./VerificationPage"), permission: { subject: "Preferences", action: "Mutate" } },
  ],
};
