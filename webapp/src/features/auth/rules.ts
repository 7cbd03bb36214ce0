/** Where to go after sign-in: a path of this application, never another site. */
export function nextPath(asked: unknown): string {
  if (typeof asked !== "string" || !asked.startsWith("/") || asked.startsWith("//") || asked.startsWith("/\\")) return "/";
  return asked.startsWith("/auth/") ? "/" : asked;
}
