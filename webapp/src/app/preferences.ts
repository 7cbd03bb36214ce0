import { useMantineColorScheme } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { LANGUAGES, type Language, setLanguage } from "@/i18n";

export const COLOUR_SCHEMES = ["light", "dark", "auto"] as const;
export type ColourScheme = (typeof COLOUR_SCHEMES)[number];

const CHOICES = Object.entries(LANGUAGES).map(([code, { name }]) => ({ code: code as Language, name }));

/** What a person chooses for this browser: language and colours. */
export function usePreferences() {
  const { i18n } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return {
    language: i18n.language as Language,
    languages: CHOICES,
    setLanguage,
    colours: colorScheme as ColourScheme,
    setColours: (scheme: ColourScheme) => setColorScheme(scheme),
  };
}
