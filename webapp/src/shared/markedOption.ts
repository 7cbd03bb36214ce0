/** Take the option that the open list of a combobox marks; whether there was one. */
export function takeMarkedOption(target: HTMLElement): boolean {
  if (target.getAttribute("aria-expanded") !== "true") return false;
  const list = document.getElementById(target.getAttribute("aria-controls") ?? "");
  const marked = list?.querySelector<HTMLElement>("[data-combobox-selected]");
  marked?.click();
  return Boolean(marked);
}
