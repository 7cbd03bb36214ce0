import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconCopy, IconPencil, IconSend, IconTrash } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { usePermission } from "@/app/boot";
import { confirmDelete } from "@/shared/confirm";
import { useSave } from "@/shared/useSave";
import { deleteJournal, type Journal, publishJournal, STALE } from "./api";
import { lockedTo } from "./model";

/** What can be done with a journal, as far as the person's role allows it. */
export function JournalActions({ journal }: { journal: Journal }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const mayCreate = usePermission("ManualJournal", "Create");
  const mayEdit = usePermission("ManualJournal", "Edit");
  const mayDelete = usePermission("ManualJournal", "Delete");
  const publish = useSave({
    call: () => publishJournal(journal.id),
    invalidates: STALE,
    success: t("journals.publishDone"),
  });

  async function remove(): Promise<void> {
    try {
      await deleteJournal(journal.id);
    } catch (problem) {
      const locked = lockedTo(problem);
      throw locked ? new Error(t("journals.lockedDelete", { date: locked })) : problem;
    }
    notifications.show({ message: t("journals.deleted"), color: "teal" });
    await navigate({ to: "/journals" });
    client.removeQueries({ queryKey: ["manual-journals", journal.id] });
    for (const key of STALE) void client.invalidateQueries({ queryKey: [key] });
  }

  return (
    <>
      {mayEdit && !journal.is_published && (
        <Button
          leftSection={<IconSend size={16} aria-hidden />}
          loading={publish.isPending}
          onClick={() => publish.submit(undefined)}
        >
          {t("journals.publish")}
        </Button>
      )}
      {mayEdit && (
        <Button
          component={Link}
          to={`/journals/${journal.id}/edit`}
          variant="default"
          leftSection={<IconPencil size={16} aria-hidden />}
        >
          {t("journals.edit")}
        </Button>
      )}
      {mayCreate && (
        <Button
          component={Link}
          to="/journals/new"
          search={{ from: journal.id } as never}
          variant="default"
          leftSection={<IconCopy size={16} aria-hidden />}
        >
          {t("journals.duplicate")}
        </Button>
      )}
      {mayDelete && (
        <Button
          variant="default"
          color="red"
          leftSection={<IconTrash size={16} aria-hidden />}
          onClick={() =>
            confirmDelete({
              title: t("journals.deleteTitle", { number: journal.journal_number }),
              text: t("journals.deleteText"),
              confirm: remove,
            })
          }
        >
          {t("common.delete")}
        </Button>
      )}
    </>
  );
}
