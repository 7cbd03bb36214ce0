import { afterEach, describe, expect, it, vi } from "vitest";
import { follow, type ServerEvent, takeEvents } from "./eventStream";

describe("takeEvents", () => {
  it("keeps what is not whole yet", () => {
    const { events, rest } = takeEvents('event: change\ndata: {"resource":"accounts"}\n\nevent: jo');
    expect(events).toEqual([{ id: null, event: "change", data: { resource: "accounts" } }]);
    expect(rest).toBe("event: jo");
  });
  it("leaves heartbeats and retry hints out", () => {
    expect(takeEvents(": alive\n\nretry: 3000\n\n").events).toEqual([]);
  });
  it("joins the lines of one event", () => {
    expect(takeEvents("data: a\r\ndata: b\r\n\r\n").events).toEqual([{ id: null, event: "message", data: "a\nb" }]);
  });
  it("tells where the stream can go on", () => {
    expect(takeEvents("id: 01J\nevent: ready\ndata: {}\n\n").events).toEqual([{ id: "01J", event: "ready", data: {} }]);
  });
});

describe("follow", () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  /** Answers each connection with the next of these; the last one is aborted by the test. */
  function serve(...answers: (() => Response)[]) {
    const asked: (string | null)[] = [];
    vi.stubGlobal("fetch", async (_: string, { headers }: { headers: Record<string, string> }) => {
      asked.push(headers["last-event-id"] ?? null);
      const answer = answers.shift();
      if (!answer) throw new Error("connected once too often");
      return answer();
    });
    return asked;
  }

  function listen() {
    const heard: ServerEvent[] = [];
    let last = "";
    return {
      heard,
      lastEventId: () => last,
      hear: (event: ServerEvent) => {
        last = event.id ?? last;
        heard.push(event);
      },
    };
  }

  it("connects again after what it heard last, whatever broke the connection", async () => {
    vi.useFakeTimers();
    const stop = new AbortController();
    const asked = serve(
      () => new Response("id: one\nevent: ready\ndata: {}\n\nid: two\nevent: change\ndata: {}\n\n"),
      () => new Response(null, { status: 502 }),
      () => new Response(null, { status: 401 }),
    );
    const ended = follow(stop.signal, listen());
    await vi.runAllTimersAsync();
    await ended;
    expect(asked).toEqual([null, "two", "two"]);
  });

  it("ends at once when it is aborted while it waits", async () => {
    const stop = new AbortController();
    serve(() => new Response(null, { status: 503 }));
    const ended = follow(stop.signal, listen());
    await new Promise((resolve) => setTimeout(resolve, 5));
    stop.abort();
    await ended;
  });
});
