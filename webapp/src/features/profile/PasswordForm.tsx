import { Button, PasswordInput, Stack } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import { passwordProblem } from "@/features/auth/rules";
import { useSave } from "@/shared/useSave";
import { savePassword } from "./api";

const EMPTY = { current_password: "", password: "", repeated: "" };
const FIELDS: Record<string, string> = { CURRENT_PASSWORD_WRONG: "current_password" };

export function PasswordForm({ email }: { email: string }) {
  const { t } = useTranslation();
  const form = useForm({
    mode: "uncontrolled",
    initialValues: EMPTY,
    validate: {
      current_password: (value) => (value ? null : t("words.required")),
      password: (value) => passwordProblem(value, t),
      repeated: (value, values) => (value === values.password ? null : t("auth.different")),
    },
  });
  const save = useSave({
    call: ({ current_password, password }: typeof EMPTY) => savePassword({ current_password, password }),
    invalidates: [],
    form,
    fieldOf: (type) => FIELDS[type],
    success: t("profile.passwordSaved"),
    onSaved: () => form.reset(),
  });
  return (
    <form onSubmit={form.onSubmit(save.submit)} noValidate>
      <Stack gap="sm">
        {/* For password managers: whose password it is. */}
        <input type="hidden" name="username" autoComplete="username" value={email} />
        <PasswordInput
          label={t("profile.current")}
          autoComplete="current-password"
          key={form.key("current_password")}
          {...form.getInputProps("current_password")}
        />
        <PasswordInput
          label={t("auth.newPassword")}
          autoComplete="new-password"
          key={form.key("password")}
          {...form.getInputProps("password")}
        />
        <PasswordInput
          label={t("auth.repeatPassword")}
          autoComplete="new-password"
          key={form.key("repeated")}
          {...form.getInputProps("repeated")}
        />
        <Button type="submit" loading={save.isPending} style={{ alignSelf: "flex-start" }}>
          {t("profile.changePassword")}
        </Button>
      </Stack>
    </form>
  );
}
