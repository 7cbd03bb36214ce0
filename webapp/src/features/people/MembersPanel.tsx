import { Badge, Button, Group, Modal, Text } from "@mantine/core";
import { IconUserPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAccount, usePermission } from "@/app/boot";
import { confirmDelete } from "@/shared/confirm";
import { type Column, DataTable } from "@/shared/DataTable";
import { FoldedHistory } from "@/shared/History";
import { QueryView } from "@/shared/QueryView";
import { actionsColumn } from "@/shared/RowMenu";
import { useAction } from "@/shared/useAction";
import { deleteMember, inviteAgain, type Member, setMemberActive, useMembers } from "./api";
import { InviteForm } from "./InviteForm";
import { MemberForm } from "./MemberForm";

const NARROW_COLUMNS = ["name", "status", "actions"];

const TOUCHED = ["users", "audit-trail"];
const COLORS: Record<Member["status"], string> = { invited: "blue", active: "teal", inactive: "gray" };

export function MembersPanel() {
  const { t } = useTranslation();
  const query = useMembers();
  const me = useAccount();
  const mayChange = usePermission("Preferences", "Mutate");
  const [edited, setEdited] = useState<Member | null>(null);
  const [inviting, setInviting] = useState(false);
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
  const again = useAction({
    call: inviteAgain,
    invalidates: TOUCHED,
    success: t("people.invitationSent"),
    failure: t("people.notSent"),
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
      value: (row) => t(`people.statuses.${row.status}`),
      width: 110,
      render: (row) => (
        <Badge variant="light" color={COLORS[row.status]}>
          {t(`people.statuses.${row.status}`)}
        </Badge>
      ),
    },
    actionsColumn(t, {
      name: (row) => row.full_name,
      actions: (row) => [
        mayChange && { label: t("common.edit"), onClick: () => setEdited(row) },
        mayChange && row.status === "invited" && { label: t("people.inviteAgain"), onClick: () => void again.run(row.id) },
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
      <Group justify="space-between" align="start" mb="sm">
        <Text size="sm" c="dimmed" maw={640}>
          {t("people.text")}
        </Text>
        {mayChange && (
          <Button leftSection={<IconUserPlus size={16} />} onClick={() => setInviting(true)}>
            {t("people.invite")}
          </Button>
        )}
      </Group>
      <QueryView query={query} empty={{ when: (rows) => rows.length === 0, title: t("people.empty") }}>
        {(rows) => (
          <DataTable
            id="members"
            narrow={NARROW_COLUMNS}
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
        {edited && <FoldedHistory subject="User" id={edited.id} />}
      </Modal>
      <Modal opened={inviting} onClose={() => setInviting(false)} title={t("people.invite")}>
        <InviteForm onDone={() => setInviting(false)} />
      </Modal>
    </>
  );
}
