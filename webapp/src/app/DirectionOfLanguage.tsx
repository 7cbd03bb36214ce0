import { useDirection } from "@mantine/core";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { direction } from "@/i18n";

/** Mantine follows the language's direction. */
export function DirectionOfLanguage() {
  const { i18n } = useTranslation();
  const { setDirection } = useDirection();
  useEffect(() => setDirection(direction(i18n.language)), [i18n.language, setDirection]);
  return null;
}
