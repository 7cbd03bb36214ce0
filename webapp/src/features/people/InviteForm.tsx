import { Select, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import { FormButtons } from "@/shared/FormButtons";
import { useSave } from "@/shared/useSave";
import { invite, roleChoices, useRoles } from "./api";

const FIELDS: Record<string, string> = {
  "EMAIL.ALREADY.EXISTS": "email",
  "EMAIL.ALREADY.INVITED": "email",
  EMAIL_EXISTS: "email",
  ROLE_NOT_FOUND: "role_id",
};

export function InviteForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const { data: roles = [] } = useRoles();
  const form = useForm({
    initialValues: { email: "", role_id: "" },
    validate: {
      email: (value) => (/^\S+@\S+\.\S+$/.test(value.trim()) ? null : t("people.notEmail")),
      role_id: (value) => (value ? null : t("words.required")),
    },
  });
  const save = useSave({
    call: ({ email, role_id }: typeof form.values) => invite({ email: email.trim(), role_id: Number(role_id) }),
    invalidates: ["users", "audit-trail"],
    success: t("people.invitationSent"),
    form,
    fieldOf: (type) => FIELDS[type],
    onSaved: onDone,
  });
  return (
    <form onSubmit={form.onSubmit(save.submit)} noValidate>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t("people.inviteText")}
        </Text>
        <TextInput
          label={t("contacts.email")}
          type="email"
          withAsterisk
          data-autofocus
          autoComplete="off"
          {...form.getInputProps("email")}
        />
        <Select
          label={t("people.role")}
          withAsterisk
          allowDeselect={false}
          data={roleChoices(roles)}
          {...form.getInputProps("role_id")}
          value={form.values.role_id || null}
        />
        <FormButtons isPending={save.isPending} onCancel={onDone} label={t("people.sendInvitation")} />
      </Stack>
    </form>
  );
}
