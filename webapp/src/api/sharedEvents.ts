import { follow, type Listener, type ServerEvent } from "./eventStream";

/** What the tabs tell one another. A new tab asks how far the stream is, so that it can go on there should the leading tab close. */
type Message = { event: ServerEvent } | { lastEventId: string } | { asks: true };

/** What is used of the browser. */
export interface Surroundings {
  /** Absent where the page was not served securely. */
  locks?: Pick<LockManager, "request">;
  openChannel: (name: string) => Pick<BroadcastChannel, "postMessage" | "close" | "onmessage">;
  stream: (signal: AbortSignal, listener: Listener) => Promise<void>;
  document: Pick<Document, "hidden" | "addEventListener" | "removeEventListener">;
}

function browser(): Surroundings {
  return { locks: navigator.locks, openChannel: (name) => new BroadcastChannel(name), stream: follow, document };
}

/**
 * Hears the events of one organisation until aborted, over one stream for all tabs of the browser that use the same `name`.
 *
 * A browser has six connections to a host of HTTP/1.1: with a stream in each tab, the sixth tab would hang. So one tab holds the lock of
 * that name, reads the stream and passes on what it hears; when it closes, or crashes, the browser gives the lock to the next one, which
 * goes on after the last event that was passed on. Without locks, a tab has a stream of its own while it is in sight.
 */
export async function followTogether(
  name: string,
  signal: AbortSignal,
  onEvent: (event: ServerEvent) => void,
  surroundings: Surroundings = browser(),
): Promise<void> {
  let lastEventId = "";
  const hear = (event: ServerEvent) => {
    if (event.id) lastEventId = event.id;
    onEvent(event);
  };
  const { locks, stream } = surroundings;
  if (signal.aborted) return undefined;
  if (!locks) return followInSight(signal, { lastEventId: () => lastEventId, hear }, surroundings);

  let leads = false;
  const channel = surroundings.openChannel(name);
  signal.addEventListener("abort", () => channel.close(), { once: true });
  const tell = (message: Message) => channel.postMessage(message);
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if ("event" in data) hear(data.event);
    else if ("lastEventId" in data) lastEventId = data.lastEventId;
    else if (leads && lastEventId) tell({ lastEventId });
  };
  tell({ asks: true });
  const lead = async () => {
    leads = true;
    const pass = (event: ServerEvent) => {
      hear(event);
      tell({ event });
    };
    await stream(signal, { lastEventId: () => lastEventId, hear: pass });
    leads = false;
  };
  await locks.request(name, { signal }, lead).catch((problem: unknown) => {
    if (!signal.aborted) throw problem;
  });
}

/** A stream while the tab is in sight; coming back, it goes on after the last event that it heard. */
function followInSight(signal: AbortSignal, listener: Listener, { document, stream }: Surroundings): Promise<void> {
  let current: AbortController | null = null;
  const look = () => {
    const wanted = !document.hidden && !signal.aborted;
    if (wanted && !current) {
      current = new AbortController();
      void stream(current.signal, listener);
    } else if (!wanted) {
      current?.abort();
      current = null;
    }
  };
  document.addEventListener("visibilitychange", look);
  look();
  return new Promise((resolve) => {
    const end = () => {
      document.removeEventListener("visibilitychange", look);
      look();
      resolve();
    };
    signal.addEventListener("abort", end, { once: true });
  });
}
