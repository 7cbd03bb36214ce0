import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Navigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { signOut } from "@/app/UserMenu";
import { useSave } from "@/shared/useSave";
import { AuthCard } from "./AuthCard";

const LOOK_AGAIN_MS = 4_000;

/** Waits for the person to open the link of the e-mail, in this browser or on another machine. */
export default function VerifyPage() {
  const { t } = useTranslation();
  const { data: account } = useQuery({
    queryKey: ["auth", "account"],
    queryFn: () => data(api.GET("/api/auth/account")),
    refetchInterval: LOOK_AGAIN_MS,
  });
  const resend = useSave({
    call: () => data(api.POST("/api/auth/signup/verify/resend")),
    invalidates: [],
    success: t("auth.resent"),
  });
  if (account?.verified) return <Navigate to="/" replace />;
  return (
    <AuthCard title={t("auth.verifyTitle")} text={t("auth.verifyText", { email: account?.email ?? "…" })}>
      <Button variant="default" loading={resend.isPending} onClick={() => resend.submit(undefined)}>
        {t("auth.resend")}
      </Button>
      <Button variant="subtle" onClick={() => void signOut()}>
        {t("app.signOut")}
      </Button>
    </AuthCard>
  );
}
