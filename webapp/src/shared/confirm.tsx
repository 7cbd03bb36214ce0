import { Text } from "@mantine/core";
import { modals } from "@mantine/modals";
import i18next from "i18next";
import { showProblem } from "./useSave";

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
      confirm().catch((problem: unknown) => showProblem(problem, title));
    },
  });
}
