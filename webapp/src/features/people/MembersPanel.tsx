import { Badge, Group, Modal, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAccount, usePermission } from "@/app/boot";
import { confirmDelete } from "@/shared/confirm";
import { type Column, DataTable } from "@/shared/DataTable";
import { QueryView } from "@/shared/QueryView";
import { actionsColumn } from "@/shared/RowMenu";
import { useAction } from "@/shared/useAction";
import { deleteMember, type Member, setMemberActive, useMembers } from "./api";
import { MemberForm } from "./MemberForm";

const TOUCHED = ["users", "audit-trail"];

export function MembersPanel() {
  const { t } = useTranslation();
  const query = useMembers();
  const me = useAccount();
  const mayChange = usePermission("Preferences", "Mutate");
  const [edited, setEdited] = useState<Member | null>(null);
  const close = () => setEdited(null);
  const activity = useAction({
    call: (member: Member) => setMemberActive(member.id, !member.active),
    invalidates: TOUCHED,
    success: t("common.saved"),
  });
  const removal = useAction({
    call: deleteMember,
    invalidates: TOUCHED,
    success: t("people.removed"),
    failure: t("words.notDeleted"),
  });
  const isMe = (member: Member) => member.email === me?.email;
  const columns: Column<Member>[] = [
    {
      key: "name",
      header: t("common.name"),
      value: (row) => row.full_name,
      width: 200,
      render: (row) => (
        <Group gap="xs">
          {row.full_name}
          {isMe(row) && <Badge variant="light">{t("people.you")}</Badge>}
        </Group>
      ),
    },
    { key: "email", header: t("contacts.email"), value: (row) => row.email, width: 220 },
    { key: "role", header: t("people.role"), value: (row) => row.role_name, width: 150 },
    {
      key: "status",
      header: t("words.status"),
      value: (row) => (row.active ? t("common.active") : t("common.inactive")),
      width: 110,
      render: (row) => (
        <Badge variant="light" color={row.active ? "teal" : "gray"}>
          {row.active ? t("common.active") : t("common.inactive")}
        </Badge>
      ),
    },
    actionsColumn(t, {
      name: (row) => row.full_name,
      actions: (row) => [
        mayChange && { label: t("common.edit"), onClick: () => setEdited(row) },
        mayChange &&
          !isMe(row) && {
            label: row.active ? t("words.inactivate") : t("words.activate"),
            onClick: () => void activity.run(row),
          },
        mayChange &&
          !isMe(row) && {
            label: t("people.remove"),
            danger: true,
            onClick: () =>
              confirmDelete({
                title: t("people.removeOne", { name: row.full_name }),
                text: t("people.removeText"),
                label: t("people.remove"),
                confirm: () => removal.run(row.id),
              }),
          },
      ],
    }),
  ];
  return (
    <>
      <Text size="sm" c="dimmed" mb="sm" maw={640}>
        {t("people.text")}
      </Text>
      <QueryView query={query} empty={{ when: (rows) => rows.length === 0, title: t("people.empty") }}>
        {(rows) => (
          <DataTable
            id="members"
            label={t("people.members")}
            rows={rows}
            columns={columns}
            rowKey={(row) => row.id}
            onOpen={mayChange ? setEdited : undefined}
            csvName="members"
          />
        )}
      </QueryView>
      <Modal opened={edited !== null} onClose={close} title={t("people.editMember")}>
        {edited && <MemberForm member={edited} onDone={close} />}
      </Modal>
    </>
  );
}
