import { api, data, type Schemas } from "@/api/client";
import { getSession, setSession } from "@/api/session";

export type Place = Schemas["PlaceOut"];

export function saveName(body: Schemas["OwnNameIn"]) {
  return data(api.PUT("/api/auth/account", { body }));
}

/** Changes the password; this session goes on with the token that comes back. */
export async function savePassword(body: Schemas["OwnPasswordIn"]): Promise<void> {
  const { access_token } = await data(api.PUT("/api/auth/account/password", { body }));
  const session = getSession();
  if (session) setSession({ ...session, token: access_token });
}

/** Ends every session at the server, then this one here. */
export async function signOutEverywhere(): Promise<void> {
  await api.POST("/api/auth/signout/everywhere");
  setSession(null);
}
