import { useQuery } from "@tanstack/react-query";
import { api, data } from "@/api/client";
import { ApiError } from "@/api/errors";
import { setSession } from "@/api/session";

export function useSignUpMeta() {
  return useQuery({
    queryKey: ["auth", "meta"],
    queryFn: () => data(api.GET("/api/auth/meta")),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Sign in; the session is kept from then on. */
export async function signIn(email: string, password: string): Promise<void> {
  setSession(null);
  const signed = await data(api.POST("/api/auth/signin", { body: { email, password } as never }));
  setSession({ token: signed.access_token, organizationId: signed.organization_id ?? null });
}

/** Key of the catalogue for a refusal at the door; null where the server's own words are better. */
export function refusal(problem: unknown): string | null {
  if (!(problem instanceof ApiError)) return null;
  if (problem.has("USER_INACTIVE")) return "auth.inactive";
  return problem.status === 401 || problem.has("INVALID_DETAILS") ? "auth.wrong" : null;
}
