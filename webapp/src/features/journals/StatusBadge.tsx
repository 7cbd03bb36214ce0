import { Badge } from "@mantine/core";
import { useTranslation } from "react-i18next";

export function StatusBadge({ published }: { published: boolean }) {
  const { t } = useTranslation();
  return (
    <Badge variant="light" color={published ? "teal" : "gray"} autoContrast>
      {t(published ? "journals.published" : "journals.draft")}
    </Badge>
  );
}
