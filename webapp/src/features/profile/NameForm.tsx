import { Button, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import type { Schemas } from "@/api/client";
import { NameFields } from "@/features/auth/NameFields";
import { useSave } from "@/shared/useSave";
import { saveName } from "./api";

export function NameForm({ person }: { person: Schemas["UserOut"] }) {
  const { t } = useTranslation();
  const needed = (value: string) => (value.trim() ? null : t("words.required"));
  const form = useForm({
    mode: "uncontrolled",
    initialValues: { first_name: person.first_name ?? "", last_name: person.last_name ?? "" },
    validate: { first_name: needed, last_name: needed },
  });
  const save = useSave({
    call: saveName,
    invalidates: ["auth", "users"],
    form,
    success: t("profile.nameSaved"),
  });
  return (
    <form onSubmit={form.onSubmit(save.submit)} noValidate>
      <Stack gap="sm">
        <NameFields form={form} />
        <TextInput label={t("auth.email")} description={t("profile.emailText")} type="email" readOnly value={person.email} />
        <Button type="submit" loading={save.isPending} style={{ alignSelf: "flex-start" }}>
          {t("common.save")}
        </Button>
      </Stack>
    </form>
  );
}
