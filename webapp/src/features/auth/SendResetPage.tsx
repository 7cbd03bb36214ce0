import { Alert, Button, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { useSave } from "@/shared/useSave";
import { AuthCard } from "./AuthCard";

export default function SendResetPage() {
  const { t } = useTranslation();
  const [sent, setSent] = useState(false);
  const form = useForm({
    mode: "uncontrolled",
    initialValues: { email: "" },
    validate: { email: (value) => (/^\S+@\S+$/.test(value.trim()) ? null : t("auth.notEmail")) },
  });
  const save = useSave({
    call: ({ email }: { email: string }) => data(api.POST("/api/auth/send_reset_password", { body: { email: email.trim() } })),
    invalidates: [],
    form,
    onSaved: () => setSent(true),
  });
  return (
    <AuthCard
      title={t("auth.resetTitle")}
      text={t("auth.resetText")}
      other={{ text: "", label: t("auth.signIn"), to: "/auth/login" }}
    >
      {sent ? (
        <Alert color="teal" role="status">
          {t("auth.resetSent")}
        </Alert>
      ) : (
        <form onSubmit={form.onSubmit(save.submit)} noValidate>
          <Stack>
            <TextInput
              label={t("auth.email")}
              type="email"
              autoComplete="username"
              autoFocus
              key={form.key("email")}
              {...form.getInputProps("email")}
            />
            <Button type="submit" loading={save.isPending}>
              {t("auth.sendReset")}
            </Button>
          </Stack>
        </form>
      )}
    </AuthCard>
  );
}
