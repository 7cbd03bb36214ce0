import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/api/errors";

interface ErrorHolder {
  setErrors: (errors: Record<string, string>) => void;
}

interface SaveOptions<Values, Result> {
  call: (values: Values) => Promise<Result>;
  /** First parts of the query keys that this write makes stale. */
  invalidates: string[];
  success?: string;
  /** Where field errors go: a Mantine form. */
  form?: ErrorHolder;
  onSaved?: (result: Result, values: Values) => void;
  /** The page shows `error` itself: no notification. */
  quiet?: boolean;
  /** Field path of a problem that names none; undefined leaves it to the notification. */
  fieldOf?: (type: string) => string | undefined;
}

/**
 * What the server said, sorted into fields and the rest, each message once. The server names some refusals twice, under a second type for
 * clients that know no other; a page places the one that it knows, and the other must not be told beside it.
 */
export function sortProblems(
  problem: unknown,
  fieldOf?: (type: string) => string | undefined,
): { fields: Record<string, string>; rest: string[] } {
  if (!(problem instanceof ApiError)) return { fields: {}, rest: [problem instanceof Error ? problem.message : String(problem)] };
  const fields: Record<string, string> = {};
  const rest = new Set<string>();
  for (const { type, message, property } of problem.problems) {
    const path = property ?? fieldOf?.(type);
    if (path) fields[path] = message;
    else rest.add(message);
  }
  for (const message of Object.values(fields)) rest.delete(message);
  if (Object.keys(fields).length === 0 && rest.size === 0) rest.add(problem.message);
  return { fields, rest: [...rest] };
}

/** All that the server said, a message a line, each once. */
export function problemText(problem: unknown): string {
  const { fields, rest } = sortProblems(problem);
  return [...new Set([...rest, ...Object.values(fields)])].join("\n");
}

/** Tell in the server's words why something was refused. */
export function showProblem(problem: unknown, title: string): void {
  notifications.show({ color: "red", title, message: problemText(problem), autoClose: 10_000 });
}

/** A write: once at a time, its field errors at the fields, its other problems told, stale lists fetched again. */
export function useSave<Values, Result>(options: SaveOptions<Values, Result>) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const running = useRef(false);
  const mutation = useMutation({
    mutationFn: options.call,
    onSuccess: (result, values) => {
      for (const key of options.invalidates) void client.invalidateQueries({ queryKey: [key] });
      if (options.success) notifications.show({ message: options.success, color: "teal" });
      options.onSaved?.(result, values);
    },
    onError: (problem) => {
      const { fields, rest } = sortProblems(problem, options.fieldOf);
      if (options.form) options.form.setErrors(fields);
      const told = options.form ? rest.join("\n") : problemText(problem);
      if (told && !options.quiet)
        notifications.show({ title: t("common.failedSave"), message: told, color: "red", autoClose: 10_000 });
    },
    onSettled: () => {
      running.current = false;
    },
  });
  function submit(values: Values): void {
    if (running.current) return;
    running.current = true;
    mutation.mutate(values);
  }
  return { submit, isPending: mutation.isPending, error: mutation.error };
}
