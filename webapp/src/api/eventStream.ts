import { identityHeaders } from "./client";

/** One event of `/api/events`. `id`: where a stream can go on after it; null for an event that cannot be told anew. */
export interface ServerEvent {
  id: string | null;
  event: string;
  data: unknown;
}

/** What a stream is told and tells: the id of the last event heard, by whichever tab, and the events. */
export interface Listener {
  lastEventId: () => string;
  hear: (event: ServerEvent) => void;
}

const RETRY_MS = 3_000;
const RETRY_MS_MAX = 60_000;
const BUFFER_CHARS_MAX = 1_000_000;
const TOO_MANY_REQUESTS = 429;
const SERVER_ERRORS = 500;

/** Takes whole events out of the stream's text; what is not whole yet comes back as `rest`. */
export function takeEvents(text: string): { events: ServerEvent[]; rest: string } {
  const blocks = text.replaceAll("\r\n", "\n").split("\n\n");
  const rest = blocks.pop() ?? "";
  const events: ServerEvent[] = [];
  for (const block of blocks) {
    let event = "message";
    let id: string | null = null;
    const lines: string[] = [];
    for (const line of block.split("\n")) {
      if (line.startsWith("event:")) event = line.slice(6).trim();
      else if (line.startsWith("data:")) lines.push(line.slice(5).trimStart());
      else if (line.startsWith("id:")) id = line.slice(3).trim();
    }
    if (lines.length === 0 && event === "message") continue;
    events.push({ id, event, data: parse(lines.join("\n")) });
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

/** Resolves after so many milliseconds, or at once when aborted. */
export function pause(duration_ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, duration_ms);
    if (signal.aborted) done();
    else signal.addEventListener("abort", done);
  });
}

/** Reads one connection to its end. False: the service refused, and would again. */
async function read(signal: AbortSignal, { lastEventId, hear }: Listener): Promise<boolean> {
  const headers: Record<string, string> = { ...identityHeaders(), accept: "text/event-stream" };
  const last = lastEventId();
  if (last) headers["last-event-id"] = last;
  const response = await fetch("/api/events", { headers, signal });
  if (!response.ok || !response.body) return response.status === TOO_MANY_REQUESTS || response.status >= SERVER_ERRORS;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let buffered = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return true;
    const { events, rest } = takeEvents(buffered + value);
    buffered = rest.slice(-BUFFER_CHARS_MAX);
    for (const event of events) hear(event);
  }
}

/** Follows the organisation's events until aborted or refused; goes on after a lost connection where it was, ever more slowly. */
export async function follow(signal: AbortSignal, listener: Listener): Promise<void> {
  for (let failures = 0; !signal.aborted; failures++) {
    const goOn = await read(signal, {
      ...listener,
      hear: (event) => {
        failures = 0;
        listener.hear(event);
      },
    }).catch(() => true);
    if (!goOn || signal.aborted) return;
    await pause(Math.min(RETRY_MS_MAX, RETRY_MS * 2 ** failures), signal);
  }
}
