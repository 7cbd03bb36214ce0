import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useSession } from "./session";
import { followTogether } from "./sharedEvents";

/** What else changes with a resource, beside what nearly every change touches. */
const ALSO: Record<string, string[]> = { "journal-imports": ["manual-journals", "currencies"], invite: ["users"] };

/** Another person's change, one in another tab, and the progress of jobs make the lists that show them fetch again. */
export function useLiveUpdates(userId: number | undefined): void {
  const client = useQueryClient();
  const organizationId = useSession()?.organizationId;
  useEffect(() => {
    if (!organizationId || userId === undefined) return undefined;
    const stop = new AbortController();
    const refresh = (queryKey?: string[]) =>
      // A tab out of sight fetches when somebody looks at it again: what is stale is fetched then.
      void client.invalidateQueries({ queryKey, refetchType: document.hidden ? "none" : "active" });
    void followTogether(`countinghouse.events.${userId}.${organizationId}`, stop.signal, ({ event, data }) => {
      if (event === "reset") refresh();
      if (event === "job") refresh(["report-packs"]);
      if (event !== "change") return;
      const { resource } = data as { resource: string };
      for (const key of [resource, ...(ALSO[resource] ?? []), "accounts", "reports", "audit-trail"]) refresh([key]);
    });
    return () => stop.abort();
  }, [client, organizationId, userId]);
}
