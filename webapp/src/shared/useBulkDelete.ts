import { notifications } from "@mantine/notifications";
import { useTranslation } from "react-i18next";
import type { Schemas } from "@/api/client";
import { confirmDelete } from "./confirm";
import { useAction } from "./useAction";
import { showProblem } from "./useSave";

interface Options {
  check: (ids: number[]) => Promise<Schemas["BulkDeleteCheckOut"]>;
  remove: (ids: number[]) => Promise<unknown>;
  invalidates: string[];
  /** Why some rows stay, such as "They have transactions." */
  reason: string;
  done: () => void;
}

/** Deletes many rows: asks the server first which ones can go, says so, and deletes those. */
export function useBulkDelete({ check, remove, invalidates, reason, done }: Options) {
  const { t } = useTranslation();
  const action = useAction({ call: remove, invalidates, success: t("common.deleted"), failure: t("words.notDeleted") });
  return async (selected: Iterable<string | number>): Promise<void> => {
    const ids = [...selected].map(Number);
    if (ids.length === 0) return;
    try {
      const found = await check(ids);
      if (found.deletable_count === 0) {
        notifications.show({ color: "red", title: t("words.notDeleted"), message: reason, autoClose: 10_000 });
        return;
      }
      const kept = found.non_deletable_count;
      confirmDelete({
        title: t("words.deleteMany", { count: found.deletable_count }),
        text: kept > 0 ? `${t("words.someStay", { count: kept })} ${reason}` : t("words.cannotBeUndone"),
        confirm: async () => {
          if (await action.run(found.deletable_ids)) done();
        },
      });
    } catch (problem) {
      showProblem(problem, t("words.notDeleted"));
    }
  };
}
