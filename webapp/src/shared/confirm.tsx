import { Text } from "@mantine/core";
import { modals } from "@mantine/modals";
import { notifications } from "@mantine/notifications";
import i18next from "i18next";
import { sortProblems } from "./useSave";

interface Confirmation {
  title: string;
  text: string;
  confirm: () => Promise<unknown>;
  /** Words of the button; "Delete" when not given. */
  label?: string;
}

/** Asks before something that cannot be taken back; tells in the server's words why it was refused. */
export function confirmDelete({ title, text, confirm, label }: Confirmation): void {
  modals.openConfirmModal({
    title,
    children: <Text size="sm">{text}</Text>,
    labels: { confirm: label ?? i18next.t("common.delete"), cancel: i18next.t("common.cancel") },
    confirmProps: { color: "red" },
    onConfirm: () => {
      confirm().catch((problem: unknown) => {
        const { fields, rest } = sortProblems(problem);
        notifications.show({ title, message: [...rest, ...Object.values(fields)].join("\n"), color: "red", autoClose: 10_000 });
      });
    },
  });
}
