import { Alert, Anchor, Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useSave } from "@/shared/useSave";
import { AuthCard } from "./AuthCard";
import { refusal, signIn, useSignUpMeta } from "./api";
import { nextPath } from "./rules";

export default function SignInPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as { next?: unknown };
  const { data: meta } = useSignUpMeta();
  const form = useForm({
    mode: "uncontrolled",
    initialValues: { email: "", password: "" },
    validate: {
      email: (value) => (value.trim() ? null : t("auth.required")),
      password: (value) => (value ? null : t("auth.required")),
    },
  });
  const save = useSave({
    call: ({ email, password }: { email: string; password: string }) => signIn(email.trim(), password),
    invalidates: [],
    quiet: true,
    onSaved: () => void navigate({ to: nextPath(search.next) }),
  });
  const refused = save.error ? refusal(save.error) : null;
  return (
    <AuthCard
      title={t("auth.signIn")}
      other={meta?.signup_disabled ? undefined : { text: t("auth.signInText"), label: t("auth.signUp"), to: "/auth/register" }}
    >
      <form onSubmit={form.onSubmit(save.submit)} noValidate>
        <Stack>
          {save.error && (
            <Alert color="red" role="alert">
              {refused ? t(refused) : save.error.message}
            </Alert>
          )}
          <TextInput
            label={t("auth.email")}
            type="email"
            autoComplete="username"
            autoFocus
            key={form.key("email")}
            {...form.getInputProps("email")}
          />
          <PasswordInput
            label={t("auth.password")}
            autoComplete="current-password"
            key={form.key("password")}
            {...form.getInputProps("password")}
          />
          <Button type="submit" loading={save.isPending}>
            {t("auth.signIn")}
          </Button>
          <Anchor component={Link} to="/auth/send_reset_password" size="sm" underline="always">
            {t("auth.forgot")}
          </Anchor>
        </Stack>
      </form>
    </AuthCard>
  );
}
