import { IconReportAnalytics } from "@tabler/icons-react";
import type { Feature } from "@/app/feature";
import { REPORTS } from "./definitions";
import { ar, en } from "./messages";

export const feature: Feature = {
  messages: { en: { reports: en }, ar: { reports: ar } },
  navigation: [{ section: "reports", label: "reports.title.all", path: "/reports", icon: IconReportAnalytics, order: 10 }],
  routes: [
    { path: "/reports", page: () => import("./ReportsPage"), permission: { subject: "Report" } },
    { path: "/reports/$slug", page: () => import("./ReportPage") },
  ],
  actions: REPORTS.map(({ slug, permission }) => ({
    label: `reports.title.${slug}`,
    path: `/reports/${slug}`,
    permission: { subject: "Report", action: permission },
  })),
};
