import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { identityHeaders } from "./client";
import { getSession } from "./session";

export interface ServerEvent {
  event: string;
  data: unknown;
}

const RETRY_MS = 3_000;
const RETRY_MS_MAX = 60_000;
const BUFFER_CHARS_MAX = 1_000_000;
/** Resources whose records stand in the list of another. */
const LISTED_AS: Record<string, string> = { invite: "users" };

/** Takes whole events out of the stream's text; what is not whole yet comes back as `rest`. */
export function takeEvents(text: string): { events: ServerEvent[]; rest: string } {
  const blocks = text.replaceAll("\r\n", "\n").split("\n\n");
  const rest = blocks.pop() ?? "";
  const events: ServerEvent[] = [];
  for (const block of blocks) {
    let event = "message";
    const lines: string[] = [];
    for (const line of block.split("\n")) {
      if (line.startsWith("event:")) event = line.slice(6).trim();
      else if (line.startsWith("data:")) lines.push(line.slice(5).trimStart());
    }
    if (lines.length === 0 && event === "message") continue;
    events.push({ event, data: parse(lines.join("\n")) });
  }
  return { events, rest };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

async function read(signal: AbortSignal, onEvent: (event: ServerEvent) => void): Promise<boolean> {
  const response = await fetch("/api/events", { headers: { ...identityHeaders(), accept: "text/event-stream" }, signal });
  if (!response.ok || !response.body) return response.status === 503 || response.status === 429;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let buffered = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return true;
    const { events, rest } = takeEvents(buffered + value);
    buffered = rest.slice(-BUFFER_CHARS_MAX);
    for (const event of events) onEvent(event);
  }
}

/** Follows the organisation's events until aborted; comes back after a lost connection, ever more slowly. */
export async function follow(signal: AbortSignal, onEvent: (event: ServerEvent) => void): Promise<void> {
  for (let failures = 0; !signal.aborted; failures++) {
    const goOn = await read(signal, (event) => {
      failures = 0;
      onEvent(event);
    }).catch(() => true);
    if (!goOn || signal.aborted) return;
    await new Promise((resolve) => setTimeout(resolve, Math.min(RETRY_MS_MAX, RETRY_MS * 2 ** failures)));
  }
}

/** Another person's change, and the progress of jobs, make the lists that show them fetch again. */
export function useLiveUpdates(): void {
  const client = useQueryClient();
  const organizationId = getSession()?.organizationId;
  useEffect(() => {
    if (!organizationId) return undefined;
    const stop = new AbortController();
    void follow(stop.signal, ({ event, data }) => {
      if (event === "reset") void client.invalidateQueries();
      if (event === "job") void client.invalidateQueries({ queryKey: ["report-packs"] });
      if (event !== "change") return;
      const { resource } = data as { resource: string };
      for (const key of [LISTED_AS[resource] ?? resource, "accounts", "reports", "audit-trail"])
        void client.invalidateQueries({ queryKey: [key] });
    });
    return () => stop.abort();
  }, [client, organizationId]);
}
