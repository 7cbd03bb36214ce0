import { ActionIcon, Menu } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconArchive, IconArchiveOff, IconDots, IconListDetails, IconPencil, IconTrash } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/api/errors";
import { usePermission } from "@/app/boot";
import { confirmDelete } from "@/shared/confirm";
import { deleteAccount, switchAccount, TOUCHED } from "./api";

interface Subject {
  id: number;
  name: string;
  active: boolean;
  predefined: boolean;
}

interface Props {
  account: Subject;
  onEdit: () => void;
  onDeleted?: () => void;
  /** Whether opening the register is offered. */
  withRegister?: boolean;
}

/** What can be done with an account. A refusal is told in plain words, with what to do instead. */
export function AccountMenu({ account, onEdit, onDeleted, withRegister = false }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const mayEdit = usePermission("Account", "Edit");
  const mayDelete = usePermission("Account", "Delete");
  const { id, name } = account;

  const refresh = () => Promise.all(TOUCHED.map((key) => client.invalidateQueries({ queryKey: [key] })));

  const perform = async (work: () => Promise<void>, done: string) => {
    try {
      await work();
      notifications.show({ message: done, color: "green" });
      await refresh();
      return true;
    } catch (problem) {
      if (!(problem instanceof ApiError)) throw problem;
      const used = problem.has("account_has_associated_transactions");
      const predefined = problem.has("account_predefined");
      notifications.show({
        title: used || predefined ? t("accounts.cannotDelete", { name }) : t("accounts.failed"),
        message: used ? t("accounts.refusedUsed") : predefined ? t("accounts.refusedPredefined") : problem.message,
        color: "red",
        autoClose: 12_000,
      });
      return false;
    }
  };

  const remove = () =>
    confirmDelete({
      title: t("accounts.deleteTitle", { name }),
      text: t("accounts.deleteText"),
      confirm: async () => {
        if (await perform(() => deleteAccount(id), t("accounts.deleted", { name }))) onDeleted?.();
      },
    });

  const toggle = () => {
    if (!account.active) {
      void perform(() => switchAccount(id, true), t("accounts.activated", { name }));
      return;
    }
    confirmDelete({
      title: t("accounts.inactivateTitle", { name }),
      text: t("accounts.inactivateText"),
      label: t("accounts.inactivate"),
      confirm: () => perform(() => switchAccount(id, false), t("accounts.inactivated", { name })),
    });
  };

  if (!withRegister && !mayEdit && !mayDelete) return null;
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t("accounts.actions", { name })}
          onClick={(event) => event.stopPropagation()}
          onKeyDown={(event) => event.stopPropagation()}
        >
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown onClick={(event) => event.stopPropagation()} onKeyDown={(event) => event.stopPropagation()}>
        {withRegister && (
          <Menu.Item
            leftSection={<IconListDetails size={16} />}
            onClick={() => void navigate({ to: "/accounts/$accountId", params: { accountId: String(id) } })}
          >
            {t("accounts.openRegister")}
          </Menu.Item>
        )}
        {mayEdit && (
          <Menu.Item leftSection={<IconPencil size={16} />} onClick={onEdit}>
            {t("accounts.edit")}
          </Menu.Item>
        )}
        {mayEdit && (
          <Menu.Item leftSection={account.active ? <IconArchive size={16} /> : <IconArchiveOff size={16} />} onClick={toggle}>
            {account.active ? t("accounts.inactivate") : t("accounts.activate")}
          </Menu.Item>
        )}
        {mayDelete && (
          <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={remove}>
            {t("accounts.delete")}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
