import createClient, { type Middleware } from "openapi-fetch";
import { reportConnection } from "./connection";
import { ApiError, errorFrom, NO_ANSWER } from "./errors";
import type { components, paths } from "./schema";
import { getSession, type Session, setSession } from "./session";

export type Schemas = components["schemas"];

const TRIES_MAX = 5;
const WAIT_MS_MAX = 5_000;
const SAFE = new Set(["GET", "HEAD"]);

function sleep(duration_ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, duration_ms));
}

function waitBefore(attempt: number, response?: Response): number {
  const asked_s = Number(response?.headers.get("retry-after") ?? Number.NaN);
  return Math.min(WAIT_MS_MAX, Number.isFinite(asked_s) ? Math.max(asked_s * 1000, 200) : 300 * 2 ** attempt);
}

/**
 * Fetch that survives a lost connection and a 503 with a quiet retry. A write carries an Idempotency-Key, made once for all its tries,
 * so that it is applied once however often it is sent.
 */
export async function steadyFetch(request: Request): Promise<Response> {
  if (!SAFE.has(request.method) && !request.headers.has("idempotency-key")) {
    request.headers.set("idempotency-key", crypto.randomUUID());
  }
  for (let attempt = 0; ; attempt++) {
    const last = attempt === TRIES_MAX - 1;
    try {
      const response = await fetch(request.clone());
      if (response.status !== 503 || last) {
        reportConnection(response.status !== 503);
        return response;
      }
      reportConnection(false);
      await sleep(waitBefore(attempt, response));
    } catch (problem) {
      if (request.signal.aborted) throw problem;
      reportConnection(false);
      if (last) throw new ApiError(NO_ANSWER, [], "The service cannot be reached.");
      await sleep(waitBefore(attempt));
    }
  }
}

function bearer(session: Session): string {
  return `Bearer ${session.token}`;
}

/** The headers of a signed-in call. */
export function identityHeaders(): Record<string, string> {
  const session = getSession();
  const headers: Record<string, string> = { "accept-language": document.documentElement.lang || "en" };
  if (session) headers.authorization = bearer(session);
  if (session?.organizationId) headers["organization-id"] = session.organizationId;
  return headers;
}

const identity: Middleware = {
  onRequest({ request }) {
    for (const [name, value] of Object.entries(identityHeaders())) {
      if (!request.headers.has(name)) request.headers.set(name, value);
    }
    return request;
  },
  async onResponse({ request, response }) {
    if (response.ok) return undefined;
    // A session that ended elsewhere; a wrong password at the door is the form's own matter, and so is a token that was just replaced.
    const session = getSession();
    if (response.status === 401 && session && request.headers.get("authorization") === bearer(session)) setSession(null);
    throw await errorFrom(response);
  },
};

/** The API, typed by its own OpenAPI document. Every answer that is not a success is thrown as an `ApiError`. */
export const api = createClient<paths>({ baseUrl: window.location.origin, fetch: steadyFetch });
api.use(identity);

/** The data of a call: `await data(api.GET("/api/…"))`. */
export async function data<T>(call: Promise<{ data?: T }>): Promise<T> {
  return (await call).data as T;
}

/** Fetch a file and hand it to the browser's downloads. */
export async function download(path: string, accept: string, fallbackName: string): Promise<void> {
  const response = await steadyFetch(
    new Request(new URL(path, window.location.origin), { headers: { ...identityHeaders(), accept } }),
  );
  if (!response.ok) throw await errorFrom(response);
  const name = /filename="([^"]+)"/.exec(response.headers.get("content-disposition") ?? "")?.[1] ?? fallbackName;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await response.blob());
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
