import { Button, PasswordInput, Stack } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { useSave } from "@/shared/useSave";
import { AuthCard } from "./AuthCard";
import { passwordProblem } from "./rules";

const EMPTY = { password: "", repeated: "" };

export default function ResetPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { token = "" } = useParams({ strict: false }) as { token?: string };
  const form = useForm({
    mode: "uncontrolled",
    initialValues: EMPTY,
    validate: {
      password: (value) => passwordProblem(value, t),
      repeated: (value, values) => (value === values.password ? null : t("auth.different")),
    },
  });
  const save = useSave({
    call: ({ password }: typeof EMPTY) =>
      data(api.POST("/api/auth/reset/{token}", { params: { path: { token } }, body: { password } as never })),
    invalidates: [],
    form,
    success: t("auth.changed"),
    onSaved: () => void navigate({ to: "/auth/login" }),
  });
  return (
    <AuthCard title={t("auth.chooseTitle")} other={{ text: "", label: t("auth.signIn"), to: "/auth/login" }}>
      <form onSubmit={form.onSubmit(save.submit)} noValidate>
        <Stack>
          <PasswordInput
            label={t("auth.newPassword")}
            autoComplete="new-password"
            autoFocus
            key={form.key("password")}
            {...form.getInputProps("password")}
          />
          <PasswordInput
            label={t("auth.repeatPassword")}
            autoComplete="new-password"
            key={form.key("repeated")}
            {...form.getInputProps("repeated")}
          />
          <Button type="submit" loading={save.isPending}>
            {t("common.save")}
          </Button>
        </Stack>
      </form>
    </AuthCard>
  );
}
