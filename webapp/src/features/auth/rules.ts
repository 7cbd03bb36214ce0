export const PASSWORD_LENGTH_MIN = 6;
export const PASSWORD_LENGTH_MAX = 1024;

type Words = (key: string, options?: Record<string, unknown>) => string;

/** What is wrong with a new password; null where nothing is. The server has the same rule. */
export function passwordProblem(password: string, t: Words): string | null {
  if (password.length < PASSWORD_LENGTH_MIN) return t("auth.tooShort", { count: PASSWORD_LENGTH_MIN });
  return password.length > PASSWORD_LENGTH_MAX ? t("auth.tooLong", { count: PASSWORD_LENGTH_MAX }) : null;
}

/** Where to go after sign-in: a path of this application, never another site. */
export function nextPath(asked: unknown): string {
  if (typeof asked !== "string" || !asked.startsWith("/") || asked.startsWith("//") || asked.startsWith("/\\")) return "/";
  return asked.startsWith("/auth/") ? "/" : asked;
}
