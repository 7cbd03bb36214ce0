import { Select, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import { FormButtons } from "@/shared/FormButtons";
import { useSave } from "@/shared/useSave";
import { type Member, roleChoices, saveMember, useRoles } from "./api";

export function MemberForm({ member, onDone }: { member: Member; onDone: () => void }) {
  const { t } = useTranslation();
  const { data: roles = [] } = useRoles();
  const form = useForm({
    initialValues: {
      first_name: member.first_name ?? "",
      last_name: member.last_name ?? "",
      email: member.email,
      role_id: member.role_id === null ? "" : String(member.role_id),
    },
    validate: {
      first_name: (value) => (value.trim() ? null : t("words.required")),
      last_name: (value) => (value.trim() ? null : t("words.required")),
      email: (value) => (value.trim() ? null : t("words.required")),
      role_id: (value) => (value ? null : t("words.required")),
    },
  });
  const save = useSave({
    call: (values: typeof form.values) => saveMember(member.id, { ...values, role_id: Number(values.role_id) }),
    invalidates: ["users", "audit-trail"],
    success: t("common.saved"),
    form,
    onSaved: onDone,
  });
  return (
    <form onSubmit={form.onSubmit(save.submit)} noValidate>
      <Stack gap="sm">
        <TextInput label={t("contacts.firstName")} withAsterisk {...form.getInputProps("first_name")} />
        <TextInput label={t("contacts.lastName")} withAsterisk {...form.getInputProps("last_name")} />
        <TextInput label={t("contacts.email")} type="email" withAsterisk {...form.getInputProps("email")} />
        <Select
          label={t("people.role")}
          description={t("people.roleHint")}
          withAsterisk
          allowDeselect={false}
          data={roleChoices(roles)}
          {...form.getInputProps("role_id")}
          value={form.values.role_id || null}
        />
        <FormButtons isPending={save.isPending} onCancel={onDone} />
      </Stack>
    </form>
  );
}
