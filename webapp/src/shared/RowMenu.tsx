import { ActionIcon, Menu } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { confirmDelete } from "./confirm";
import type { Column } from "./DataTable";

/** Red that is told from the background by at least 4.5:1, light and dark. */
export const DANGER = "light-dark(var(--mantine-color-red-9), var(--mantine-color-red-4))";

export interface RowAction {
  label: string;
  onClick: () => void;
  danger?: boolean;
}

/** What can be done with one row of a table. A click in it does not open the row. */
export function RowMenu({ name, actions }: { name: string; actions: (RowAction | false)[] }) {
  const { t } = useTranslation();
  const offered = actions.filter((action) => action !== false);
  if (offered.length === 0) return null;
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t("words.moreFor", { name })}
          onClick={(event) => event.stopPropagation()}
        >
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown onClick={(event) => event.stopPropagation()}>
        {offered.map((action) => (
          <Menu.Item key={action.label} c={action.danger ? DANGER : undefined} onClick={action.onClick}>
            {action.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

interface ActionsColumn<Row> {
  /** What a row is called in the menu's accessible name. */
  name: (row: Row) => string;
  actions: (row: Row) => (RowAction | false)[];
}

/** The last column of a table: what can be done with each row. */
export function actionsColumn<Row>(t: TFunction, { name, actions }: ActionsColumn<Row>): Column<Row> {
  return {
    key: "actions",
    header: t("words.actions"),
    value: () => null,
    align: "end",
    width: 80,
    render: (row) => <RowMenu name={name(row)} actions={actions(row)} />,
  };
}

/** Deletes the row that is called so, after a question. */
export function deleteAction(t: TFunction, name: string, remove: () => Promise<unknown>): RowAction {
  const onClick = () =>
    confirmDelete({ title: t("words.deleteOne", { name }), text: t("words.cannotBeUndone"), confirm: remove });
  return { label: t("common.delete"), danger: true, onClick };
}
