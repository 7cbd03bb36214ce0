import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { FEATURES, type Messages } from "@/app/feature";
import { ar } from "./ar";
import { en } from "./en";

/** The languages, with the direction of their script. */
export const LANGUAGES = { en: { name: "English", direction: "ltr" }, ar: { name: "العربية", direction: "rtl" } } as const;
export type Language = keyof typeof LANGUAGES;

const KEY = "countinghouse.language";

/** All words of a language: the common ones and every feature's. */
export function catalogue(language: Language, common: Messages): Messages {
  return Object.assign({}, common, ...FEATURES.map((feature) => feature.messages[language] ?? {}));
}

export function storedLanguage(): Language {
  const stored = localStorage.getItem(KEY);
  return stored === "ar" ? "ar" : "en";
}

export function direction(language: string): "ltr" | "rtl" {
  return language in LANGUAGES ? LANGUAGES[language as Language].direction : "ltr";
}

function apply(language: string): void {
  document.documentElement.lang = language;
  document.documentElement.dir = direction(language);
}

export function setLanguage(language: Language): void {
  localStorage.setItem(KEY, language);
  void i18next.changeLanguage(language);
}

export function initLanguage(): void {
  void i18next.use(initReactI18next).init({
    lng: storedLanguage(),
    fallbackLng: "en",
    interpolation: { escapeValue: false }, // React escapes what it shows
    resources: { en: { translation: catalogue("en", en) }, ar: { translation: catalogue("ar", ar) } },
  });
  i18next.on("languageChanged", apply);
  apply(i18next.language);
}
