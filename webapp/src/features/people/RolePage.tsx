import { Alert, Button, Group, Stack, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { FoldedHistory } from "@/shared/History";
import { Page } from "@/shared/Page";
import { QueryView } from "@/shared/QueryView";
import { useSave } from "@/shared/useSave";
import { type Role, type Subject, saveRole, usePermissionSchema, useRole } from "./api";
import { PermissionMatrix } from "./PermissionMatrix";
import { initialPairs, matrixRows, permissionsBody } from "./permissionMatrix";

export default function RolePage() {
  const { t } = useTranslation();
  const { roleId }: { roleId?: string } = useParams({ strict: false });
  const id = roleId === undefined ? null : Number(roleId);
  const schema = usePermissionSchema();
  const role = useRole(id);
  return (
    <Page title={id === null ? t("people.newRole") : (role.data?.name ?? t("people.role"))} back="/people">
      <QueryView query={schema}>
        {(subjects) =>
          id === null ? (
            <RoleForm subjects={subjects} stored={null} />
          ) : (
            <QueryView query={role}>
              {(found) => (
                <>
                  <RoleForm key={found.id} subjects={subjects} stored={found} />
                  {!found.predefined && <FoldedHistory subject="Role" id={found.id} />}
                </>
              )}
            </QueryView>
          )
        }
      </QueryView>
    </Page>
  );
}

function RoleForm({ subjects, stored: role }: { subjects: Subject[]; stored: Role | null }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const rows = matrixRows(subjects);
  const [pairs, setPairs] = useState(() => initialPairs(rows, role));
  const readOnly = role?.predefined ?? false;
  const form = useForm({
    initialValues: { role_name: role?.name ?? "", role_description: role?.description ?? "" },
    validate: { role_name: (value) => (value.trim() ? null : t("words.required")) },
  });
  const save = useSave({
    call: (values: typeof form.values) =>
      saveRole(role?.id ?? null, {
        role_name: values.role_name.trim(),
        role_description: values.role_description.trim() || null,
        permissions: permissionsBody(rows, pairs),
      }),
    invalidates: ["roles", "users", "dashboard", "audit-trail"],
    success: t("common.saved"),
    form,
    onSaved: () => void navigate({ to: "/people" }),
  });
  return (
    <form onSubmit={form.onSubmit(save.submit)} noValidate>
      <Stack>
        {readOnly && <Alert color="blue">{t("people.predefinedText")}</Alert>}
        <TextInput label={t("common.name")} withAsterisk disabled={readOnly} maw={420} {...form.getInputProps("role_name")} />
        <Textarea
          label={t("common.description")}
          disabled={readOnly}
          autosize
          maw={640}
          {...form.getInputProps("role_description")}
        />
        <PermissionMatrix rows={rows} pairs={pairs} onChange={setPairs} readOnly={readOnly} />
        {!readOnly && (
          <Group>
            <Button type="submit" loading={save.isPending}>
              {t("common.save")}
            </Button>
            <Button variant="default" onClick={() => void navigate({ to: "/people" })}>
              {t("common.cancel")}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}
