import { Text } from "@mantine/core";
import { modals } from "@mantine/modals";
import { useBlocker } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";

/**
 * Asks before a page with unsaved changes is left, and before its tab is closed. Returns a function that lets the next move pass,
 * for the one after saving.
 */
export function useLeaveGuard(dirty: boolean, onLeave?: () => void): () => void {
  const { t } = useTranslation();
  const guards = useRef(dirty);
  useEffect(() => {
    guards.current = dirty;
  }, [dirty]);

  function ask(): Promise<boolean> {
    return new Promise((resolve) => {
      modals.openConfirmModal({
        title: t("forms.leaveTitle"),
        children: <Text size="sm">{t("forms.leaveText")}</Text>,
        labels: { confirm: t("forms.leave"), cancel: t("forms.stay") },
        confirmProps: { color: "red" },
        onConfirm: () => {
          guards.current = false;
          onLeave?.();
          resolve(false);
        },
        onClose: () => resolve(true),
      });
    });
  }

  useBlocker({
    shouldBlockFn: ({ current, next }) => (guards.current && current.pathname !== next.pathname ? ask() : false),
    enableBeforeUnload: () => guards.current,
  });
  return () => {
    guards.current = false;
  };
}
