import { Alert, Button, Group, Text } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { formatInstant } from "../format";
import { useDraft } from "./useDraft";
import { useLeaveGuard } from "./useLeaveGuard";

interface KeptForm {
  /** Offers what was typed before; null where nothing was. Shown above the form. */
  notice: ReactNode;
  /** To be called once it is saved, before the page is left. */
  release: () => void;
}

/**
 * A page's form whose unsaved changes are not lost by accident: leaving asks first, and what was typed is kept in this tab as a draft
 * under a name until it is saved or thrown away.
 */
export function useKeptForm<Values>(form: UseFormReturnType<Values>, name: string): KeptForm {
  const { t } = useTranslation();
  const dirty = form.isDirty();
  const { found, clear, dismiss } = useDraft(name, form.values, dirty);
  const allowLeaving = useLeaveGuard(dirty, clear);
  return {
    release: () => {
      clear();
      allowLeaving();
    },
    notice: found && (
      <Alert color="blue" title={t("forms.draftFound", { time: formatInstant(found.at) })}>
        <Text size="sm">{t("forms.draftText")}</Text>
        <Group mt="sm" gap="xs">
          <Button
            size="xs"
            onClick={() => {
              form.setValues(found.values as Partial<Values>);
              dismiss();
            }}
          >
            {t("forms.restore")}
          </Button>
          <Button size="xs" variant="default" onClick={clear}>
            {t("forms.discard")}
          </Button>
        </Group>
      </Alert>
    ),
  };
}
