import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconTrash } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { confirmDelete } from "@/shared/confirm";
import { problemText } from "@/shared/useSave";
import { bulkDelete, checkBulkDelete, STALE } from "./api";

interface BulkDeleteProps {
  ids: number[];
  onDone: () => void;
}

/** Asks the server which journals can go, tells it, and deletes those. */
export function BulkDelete({ ids, onDone }: BulkDeleteProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [checking, setChecking] = useState(false);

  async function remove(deletable: number[]): Promise<void> {
    await bulkDelete(deletable);
    for (const key of STALE) void client.invalidateQueries({ queryKey: [key] });
    notifications.show({ message: t("journals.bulkDone", { count: deletable.length }), color: "teal" });
    onDone();
  }

  async function ask(): Promise<void> {
    setChecking(true);
    try {
      const check = await checkBulkDelete(ids);
      if (check.deletable_count === 0) {
        notifications.show({ message: t("journals.bulkNone"), color: "red", autoClose: 10_000 });
        return;
      }
      const skipped = check.non_deletable_count > 0 ? t("journals.bulkSkipped", { count: check.non_deletable_count }) : "";
      confirmDelete({
        title: t("journals.bulkTitle", { count: check.deletable_count }),
        text: `${t("journals.bulkText")} ${skipped}`.trim(),
        confirm: () => remove(check.deletable_ids),
      });
    } catch (problem) {
      notifications.show({ message: problemText(problem), color: "red", autoClose: 10_000 });
    } finally {
      setChecking(false);
    }
  }

  return (
    <Button
      size="xs"
      color="red"
      variant="light"
      leftSection={<IconTrash size={14} aria-hidden />}
      loading={checking}
      onClick={() => void ask()}
    >
      {t("journals.bulkDelete")}
    </Button>
  );
}
