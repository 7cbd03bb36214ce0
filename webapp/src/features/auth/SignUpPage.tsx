import { Alert, Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { useSave } from "@/shared/useSave";
import { AuthCard } from "./AuthCard";
import { signIn, useSignUpMeta } from "./api";
import { NameFields } from "./NameFields";
import { passwordProblem } from "./rules";

const EMPTY = { first_name: "", last_name: "", email: "", password: "" };

const FIELDS: Record<string, string> = { EMAIL_EXISTS: "email", SIGNUP_RESTRICTED_NOT_ALLOWED: "email" };

export default function SignUpPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { data: meta } = useSignUpMeta();
  const needed = (value: string) => (value.trim() ? null : t("auth.required"));
  const form = useForm({
    mode: "uncontrolled",
    initialValues: EMPTY,
    validate: {
      first_name: needed,
      last_name: needed,
      email: (value) => (/^\S+@\S+\.\S+$/.test(value.trim()) ? null : t("auth.notEmail")),
      password: (value) => passwordProblem(value, t),
    },
  });
  const save = useSave({
    call: async (values: typeof EMPTY) => {
      await data(api.POST("/api/auth/signup", { body: { ...values, email: values.email.trim() } }));
      await signIn(values.email.trim(), values.password);
    },
    invalidates: [],
    form,
    fieldOf: (type) => FIELDS[type],
    onSaved: () => void navigate({ to: "/" }),
  });
  return (
    <AuthCard title={t("auth.signUp")} other={{ text: t("auth.signUpText"), label: t("auth.signIn"), to: "/auth/login" }}>
      {meta?.signup_disabled ? (
        <Alert color="yellow">{t("auth.closed")}</Alert>
      ) : (
        <form onSubmit={form.onSubmit(save.submit)} noValidate>
          <Stack>
            <NameFields form={form} autoFocus />
            <TextInput
              label={t("auth.email")}
              type="email"
              autoComplete="username"
              key={form.key("email")}
              {...form.getInputProps("email")}
            />
            <PasswordInput
              label={t("auth.password")}
              autoComplete="new-password"
              key={form.key("password")}
              {...form.getInputProps("password")}
            />
            <Button type="submit" loading={save.isPending}>
              {t("auth.signUp")}
            </Button>
          </Stack>
        </form>
      )}
    </AuthCard>
  );
}
