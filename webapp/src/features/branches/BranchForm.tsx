import { SimpleGrid, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { FormButtons } from "@/shared/FormButtons";
import { useSave } from "@/shared/useSave";
import type { Branch } from "./api";

const FIELDS = ["name", "code", "address", "city", "country", "phone_number", "email", "website"] as const;
type BranchValues = Record<(typeof FIELDS)[number], string>;

async function saveBranch(id: number | null, values: BranchValues): Promise<void> {
  const texts = Object.fromEntries(FIELDS.map((field) => [field, values[field].trim() || null]));
  const body = { ...texts, name: values.name.trim() };
  if (id === null) await data(api.POST("/api/branches", { body }));
  else await data(api.PUT("/api/branches/{branch_id}", { params: { path: { branch_id: id } }, body }));
}

export function BranchForm({ branch, onDone }: { branch: Branch | null; onDone: () => void }) {
  const { t } = useTranslation();
  const form = useForm<BranchValues>({
    initialValues: Object.fromEntries(FIELDS.map((field) => [field, branch?.[field] ?? ""])) as BranchValues,
    validate: { name: (value) => (value.trim() ? null : t("words.required")) },
  });
  const save = useSave({
    call: (values: BranchValues) => saveBranch(branch?.id ?? null, values),
    invalidates: ["branches", "audit-trail"],
    success: t("common.saved"),
    form,
    onSaved: onDone,
  });
  return (
    <form onSubmit={form.onSubmit(save.submit)} noValidate>
      <Stack gap="sm">
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          <TextInput label={t("common.name")} withAsterisk data-autofocus {...form.getInputProps("name")} />
          <TextInput label={t("common.code")} {...form.getInputProps("code")} />
          <TextInput label={t("contacts.address1")} {...form.getInputProps("address")} />
          <TextInput label={t("contacts.city")} {...form.getInputProps("city")} />
          <TextInput label={t("contacts.country")} {...form.getInputProps("country")} />
          <TextInput label={t("contacts.phone")} type="tel" {...form.getInputProps("phone_number")} />
          <TextInput label={t("contacts.email")} type="email" {...form.getInputProps("email")} />
          <TextInput label={t("contacts.website")} {...form.getInputProps("website")} />
        </SimpleGrid>
        <FormButtons isPending={save.isPending} onCancel={onDone} />
      </Stack>
    </form>
  );
}
