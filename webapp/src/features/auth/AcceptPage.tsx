import { Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api, data, type Schemas } from "@/api/client";
import { ApiError } from "@/api/errors";
import { QueryView } from "@/shared/QueryView";
import { useSave } from "@/shared/useSave";
import { AuthCard } from "./AuthCard";
import { NameFields } from "./NameFields";
import { passwordProblem } from "./rules";

const EMPTY = { first_name: "", last_name: "", password: "" };

/** The page behind the link of an invitation. */
export default function AcceptPage() {
  const { t } = useTranslation();
  const { token = "" } = useParams({ strict: false }) as { token?: string };
  const query = useQuery({
    queryKey: ["invite", token],
    queryFn: () => data(api.GET("/api/invite/check/{token}", { params: { path: { token } } })),
    refetchOnWindowFocus: false, // the form must not vanish under somebody's hands
    refetchOnReconnect: false,
  });
  const toSignIn = { text: t("auth.signUpText"), label: t("auth.signIn"), to: "/auth/login" };
  if (query.error instanceof ApiError && query.error.has("INVITE_TOKEN_INVALID"))
    return <AuthCard title={t("auth.inviteInvalid")} text={t("auth.inviteInvalidText")} other={toSignIn} />;
  return (
    <AuthCard
      title={t("auth.inviteTitle")}
      text={query.data && t("auth.inviteText", { organization: query.data.organization_name ?? t("auth.someOrganization") })}
      other={toSignIn}
    >
      <QueryView query={query}>{(invitation) => <AcceptForm token={token} invitation={invitation} />}</QueryView>
    </AuthCard>
  );
}

function AcceptForm({ token, invitation }: { token: string; invitation: Schemas["InvitationOut"] }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const needed = (value: string) => (value.trim() ? null : t("auth.required"));
  const form = useForm({
    mode: "uncontrolled",
    initialValues: EMPTY,
    validate: { first_name: needed, last_name: needed, password: (value) => passwordProblem(value, t) },
  });
  const save = useSave({
    call: (body: typeof EMPTY) => data(api.POST("/api/invite/accept/{token}", { params: { path: { token } }, body })),
    invalidates: [],
    form,
    success: t("auth.accepted"),
    onSaved: () => void navigate({ to: "/auth/login" }),
  });
  return (
    <form onSubmit={form.onSubmit(save.submit)} noValidate>
      <Stack>
        <TextInput label={t("auth.email")} type="email" autoComplete="username" readOnly value={invitation.email} />
        <NameFields form={form} autoFocus />
        <PasswordInput
          label={t("auth.choosePassword")}
          autoComplete="new-password"
          key={form.key("password")}
          {...form.getInputProps("password")}
        />
        <Button type="submit" loading={save.isPending}>
          {t("auth.accept")}
        </Button>
      </Stack>
    </form>
  );
}
