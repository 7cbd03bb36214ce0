import { Alert, Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { QueryView } from "@/shared/states";
import { AuthCard } from "./AuthCard";

/** The page behind the link of the e-mail. The link works once, so the call is made once. */
export default function ConfirmPage() {
  const { t } = useTranslation();
  const { token, email } = useSearch({ strict: false }) as { token?: string; email?: string };
  const query = useQuery({
    queryKey: ["auth", "confirm", token],
    queryFn: () => data(api.POST("/api/auth/signup/verify", { body: { token: String(token), email: String(email) } as never })),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  return (
    <AuthCard title={t("auth.verifyTitle")}>
      <QueryView query={query}>
        {() => (
          <>
            <Alert color="teal" role="status">
              {t("auth.confirmed")}
            </Alert>
            <Button component={Link} to="/">
              {t("app.home")}
            </Button>
          </>
        )}
      </QueryView>
    </AuthCard>
  );
}
