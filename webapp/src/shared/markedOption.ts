import type { KeyboardEvent } from "react";

/** Take the option that the open list of a combobox marks; whether there was one. */
export function takeMarkedOption(target: HTMLElement): boolean {
  if (target.getAttribute("aria-expanded") !== "true") return false;
  const list = document.getElementById(target.getAttribute("aria-controls") ?? "");
  const marked = list?.querySelector<HTMLElement>("[data-combobox-selected]");
  marked?.click();
  return Boolean(marked);
}

/**
 * Props of a searchable list in which typing marks the first match and Enter takes it. The list forgets which option it marked when
 * typing opens it: Enter would take none, and do what it does outside of the list.
 */
export const CHOICE_BY_KEYBOARD = {
  searchable: true,
  selectFirstOptionOnChange: true,
  openOnFocus: false,
  onKeyDownCapture: (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key !== "Enter" || event.nativeEvent.isComposing || !takeMarkedOption(event.currentTarget)) return;
    event.preventDefault();
    event.stopPropagation();
  },
};
