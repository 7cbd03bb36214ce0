import { IconSettings } from "@tabler/icons-react";
import type { Feature } from "@/app/feature";
import { ar, en } from "./messages";

export const feature: Feature = {
  messages: { en, ar },
  navigation: [{ section: "organization", label: "settings.title", path: "/settings", icon: IconSettings, order: 10 }],
  routes: [{ path: "/settings", page: () => import("./SettingsPage") }],
};
