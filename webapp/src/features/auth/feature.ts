import type { Feature } from "@/app/feature";
import { ar, en } from "./messages";

export const feature: Feature = {
  messages: { en, ar },
  routes: [
    { path: "/auth/login", page: () => import("./SignInPage"), area: "public" },
    { path: "/auth/register", page: () => import("./SignUpPage"), area: "public" },
    { path: "/auth/send_reset_password", page: () => import("./SendResetPage"), area: "public" },
    { path: "/auth/reset_password/$token", page: () => import("./ResetPage"), area: "public" },
    { path: "/auth/invite/$token/accept", page: () => import("./AcceptPage"), area: "public" },
    { path: "/auth/email_confirmation", page: () => import("./ConfirmPage"), area: "public" },
    { path: "/auth/register/verify", page: () => import("./VerifyPage"), area: "setup" },
  ],
};
