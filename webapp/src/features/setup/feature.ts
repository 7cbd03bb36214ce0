import type { Feature } from "@/app/feature";
import { ar, en } from "./messages";

export const feature: Feature = {
  messages: { en, ar },
  routes: [
    { path: "/setup", page: () => import("./SetupPage"), area: "setup" },
    { path: "/organizations/new", page: () => import("./NewOrganizationPage"), area: "setup" },
  ],
  actions: [{ label: "setup.newTitle", path: "/organizations/new" }],
};
