import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { showProblem } from "./useSave";

interface Options<Values, Answer> {
  call: (values: Values) => Promise<Answer>;
  /** First parts of the query keys that no longer hold. */
  invalidates: string[];
  success?: string;
  /** Title of the notification when the server refuses. */
  failure?: string;
  /** Done before anything is fetched again, such as leaving the page of what was deleted. */
  done?: () => Promise<void> | void;
}

/** An act without a form (activate, delete, publish). `run` never rejects: it answers whether the act was done. */
export function useAction<Values, Answer = unknown>({ call, invalidates, success, failure, done }: Options<Values, Answer>) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const mutation = useMutation({
    mutationFn: call,
    onSuccess: async () => {
      if (success) notifications.show({ color: "teal", message: success });
      await done?.();
      for (const resource of invalidates) void client.invalidateQueries({ queryKey: [resource] });
    },
    onError: (problem) => showProblem(problem, failure ?? t("common.failedSave")),
  });
  return {
    isPending: mutation.isPending,
    run: (values: Values): Promise<boolean> =>
      mutation.mutateAsync(values).then(
        () => true,
        () => false,
      ),
  };
}

/** The deletion of a row's record; `run` is given what names it. */
export function useRemoval<Id>(call: (id: Id) => Promise<unknown>, invalidates: string[]) {
  const { t } = useTranslation();
  return useAction({ call, invalidates, success: t("common.deleted"), failure: t("words.notDeleted") });
}

/** Deletes what a page shows. Live updates must not fetch the record again while its page is still there; a refusal brings it back. */
export async function leavingWhile<Answer>(
  setLeaving: (leaving: boolean) => void,
  remove: () => Promise<Answer>,
): Promise<Answer> {
  setLeaving(true);
  try {
    return await remove();
  } catch (problem) {
    setLeaving(false);
    throw problem;
  }
}
