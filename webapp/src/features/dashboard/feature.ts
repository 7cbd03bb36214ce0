import { IconLayoutDashboard } from "@tabler/icons-react";
import type { Feature } from "@/app/feature";
import { messages } from "./messages";

export const feature: Feature = {
  messages,
  navigation: [{ section: "home", label: "dashboard.title", path: "/", icon: IconLayoutDashboard, order: 0 }],
  routes: [{ path: "/", page: () => import("./DashboardPage") }],
};
