import { Badge, Button, Group } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { Link, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { type Column, DataTable } from "@/shared/DataTable";
import { QueryView } from "@/shared/QueryView";
import { actionsColumn, deleteAction } from "@/shared/RowMenu";
import { useAction } from "@/shared/useAction";
import { deleteRole, type Role, useRoles } from "./api";

export function RolesPanel() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const query = useRoles();
  const removal = useAction({
    call: deleteRole,
    invalidates: ["roles", "audit-trail"],
    success: t("common.deleted"),
    failure: t("words.notDeleted"),
  });
  const open = (role: Role) => void navigate({ to: `/people/roles/${role.id}` });
  const columns: Column<Role>[] = [
    {
      key: "name",
      header: t("common.name"),
      value: (row) => row.name,
      width: 200,
      render: (row) => (
        <Group gap="xs">
          {row.name}
          {row.predefined && (
            <Badge variant="light" color="gray">
              {t("people.predefined")}
            </Badge>
          )}
        </Group>
      ),
    },
    { key: "description", header: t("common.description"), value: (row) => row.description, width: 320 },
    actionsColumn(t, {
      name: (row) => row.name,
      actions: (row) => [
        { label: row.predefined ? t("people.look") : t("common.edit"), onClick: () => open(row) },
        !row.predefined && deleteAction(t, row.name, () => removal.run(row.id)),
      ],
    }),
  ];
  return (
    <>
      <Group justify="flex-end" mb="sm">
        <Button component={Link} to="/people/roles/new" leftSection={<IconPlus size={16} />}>
          {t("people.newRole")}
        </Button>
      </Group>
      <QueryView query={query}>
        {(rows) => (
          <DataTable id="roles" label={t("people.roles")} rows={rows} columns={columns} rowKey={(row) => row.id} onOpen={open} />
        )}
      </QueryView>
    </>
  );
}
