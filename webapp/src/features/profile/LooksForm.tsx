import { Input, SegmentedControl, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { COLOUR_SCHEMES, type ColourScheme, usePreferences } from "@/app/preferences";
import type { Language } from "@/i18n";

export function LooksForm() {
  const { t } = useTranslation();
  const { language, languages, setLanguage, colours, setColours } = usePreferences();
  return (
    <Stack gap="sm">
      <Input.Wrapper label={t("app.language")} labelElement="div">
        <SegmentedControl
          fullWidth
          aria-label={t("app.language")}
          value={language}
          onChange={(value) => setLanguage(value as Language)}
          data={languages.map(({ code, name }) => ({ value: code, label: name }))}
        />
      </Input.Wrapper>
      <Input.Wrapper label={t("app.theme")} labelElement="div">
        <SegmentedControl
          fullWidth
          aria-label={t("app.theme")}
          value={colours}
          onChange={(value) => setColours(value as ColourScheme)}
          data={COLOUR_SCHEMES.map((scheme) => ({ value: scheme, label: t(`app.${scheme}`) }))}
        />
      </Input.Wrapper>
    </Stack>
  );
}
