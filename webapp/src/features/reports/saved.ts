import type { Search } from "./parameters";

/** Settings of a report under a name, kept in this browser. Those with a preset have the preset's days of the day they are used. */
export interface Saved {
  name: string;
  search: Search;
}

const SAVED_MAX = 50;

function keyOf(slug: string, organizationId: string): string {
  return `reports.saved.${organizationId}.${slug}`;
}

function isSaved(value: unknown): value is Saved {
  const found = value as Partial<Saved> | null;
  return typeof found?.name === "string" && typeof found.search === "object" && found.search !== null;
}

export function readSaved(slug: string, organizationId: string): Saved[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(keyOf(slug, organizationId)) ?? "[]");
    return Array.isArray(found) ? found.filter(isSaved) : [];
  } catch {
    return [];
  }
}

function write(slug: string, organizationId: string, saved: Saved[]): Saved[] {
  localStorage.setItem(keyOf(slug, organizationId), JSON.stringify(saved));
  return saved;
}

/** Keep settings; those of the same name are replaced, and the oldest go when there are too many. */
export function save(slug: string, organizationId: string, name: string, search: Search): Saved[] {
  const { from, to, ...rest } = search;
  const kept: Search = rest.range ? rest : { ...(from ? { from } : {}), ...(to ? { to } : {}), ...rest };
  const others = readSaved(slug, organizationId).filter((saved) => saved.name !== name);
  return write(slug, organizationId, [...others, { name, search: kept }].slice(-SAVED_MAX));
}

export function forget(slug: string, organizationId: string, name: string): Saved[] {
  return write(
    slug,
    organizationId,
    readSaved(slug, organizationId).filter((saved) => saved.name !== name),
  );
}
