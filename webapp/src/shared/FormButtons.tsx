import { Button, Group } from "@mantine/core";
import { useTranslation } from "react-i18next";

/** The buttons below of a form in a dialog. */
export function FormButtons({ isPending, onCancel, label }: { isPending: boolean; onCancel: () => void; label?: string }) {
  const { t } = useTranslation();
  return (
    <Group justify="flex-end" mt="xs">
      <Button variant="default" onClick={onCancel}>
        {t("common.cancel")}
      </Button>
      <Button type="submit" loading={isPending}>
        {label ?? t("common.save")}
      </Button>
    </Group>
  );
}
