import { MantineProvider, mergeThemeOverrides } from "@mantine/core";
import { type ReactNode, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { theme } from "./theme";

/** The theme, with the words that its components need: every dialog's button to close it has a name, in the person's language. */
export function Themed({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const close = t("common.close");
  const worded = useMemo(() => {
    // Dialogs are mostly forms: a click beside one must not throw away what was typed.
    const dialog = { defaultProps: { closeButtonProps: { "aria-label": close }, closeOnClickOutside: false } };
    return mergeThemeOverrides(theme, { components: { Modal: dialog, Drawer: dialog } });
  }, [close]);
  return (
    <MantineProvider theme={worded} defaultColorScheme="auto">
      {children}
    </MantineProvider>
  );
}
