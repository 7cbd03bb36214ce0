import { describe, expect, it } from "vitest";
import type { Listener, ServerEvent } from "./eventStream";
import { followTogether, type Surroundings } from "./sharedEvents";

type Channel = ReturnType<Surroundings["openChannel"]>;

const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

function event(id: string | null): ServerEvent {
  return { id, event: "change", data: { resource: "accounts" } };
}

/** A browser: its locks, its channels, and the streams that its tabs have open. */
class Browser {
  readonly streams: { name: string; from: string; signal: AbortSignal; listener: Listener; end: () => void }[] = [];
  private readonly waiting = new Map<string, { grant: () => Promise<unknown>; signal?: AbortSignal }[]>();
  private readonly held = new Set<string>();
  private readonly channels = new Map<string, Set<Channel>>();

  tab(name: string, { secure = true, document = new Tab() }: { secure?: boolean; document?: Tab } = {}) {
    const heard: (string | null)[] = [];
    const stop = new AbortController();
    const surroundings: Surroundings = {
      locks: secure ? { request: this.request as LockManager["request"] } : undefined,
      openChannel: this.openChannel,
      stream: (signal, listener) => this.stream(name, signal, listener),
      document,
    };
    const ended = followTogether(name, stop.signal, ({ id }) => heard.push(id), surroundings);
    return { heard, ended, close: () => stop.abort() };
  }

  get open() {
    return this.streams.filter(({ signal }) => !signal.aborted);
  }

  private stream(name: string, signal: AbortSignal, listener: Listener): Promise<void> {
    return new Promise((resolve) => {
      this.streams.push({ name, from: listener.lastEventId(), signal, listener, end: resolve });
      signal.addEventListener("abort", () => resolve());
    });
  }

  private readonly request = (name: string, { signal }: LockOptions, grant: () => Promise<unknown>) =>
    new Promise((resolve, reject) => {
      const queue = this.waiting.get(name) ?? [];
      this.waiting.set(name, queue);
      const place = { grant: () => grant().then(resolve, reject), signal };
      queue.push(place);
      signal?.addEventListener("abort", () => {
        if (!queue.includes(place)) return;
        queue.splice(queue.indexOf(place), 1);
        reject(new DOMException("", "AbortError"));
      });
      void this.next(name);
    });

  private async next(name: string): Promise<void> {
    const place = this.held.has(name) ? undefined : this.waiting.get(name)?.shift();
    if (!place) return;
    this.held.add(name);
    await place.grant();
    this.held.delete(name);
    void this.next(name);
  }

  private readonly openChannel = (name: string): Channel => {
    const members = this.channels.get(name) ?? new Set();
    this.channels.set(name, members);
    const channel: Channel = {
      onmessage: null,
      postMessage: (data) => {
        if (!members.has(channel)) throw new DOMException("closed", "InvalidStateError");
        for (const other of members) {
          if (other !== channel)
            void settle().then(() => other.onmessage?.call(other as BroadcastChannel, { data } as MessageEvent));
        }
      },
      close: () => members.delete(channel),
    };
    members.add(channel);
    return channel;
  };
}

/** What a tab knows of being in sight. */
class Tab extends EventTarget {
  hidden = false;

  show(shown: boolean): void {
    this.hidden = !shown;
    this.dispatchEvent(new Event("visibilitychange"));
  }
}

describe("followTogether", () => {
  it("has one stream for all tabs, and all of them hear it", async () => {
    const browser = new Browser();
    const tabs = Array.from({ length: 8 }, () => browser.tab("a"));
    await settle();
    expect(browser.open).toHaveLength(1);
    browser.open[0]?.listener.hear(event("one"));
    await settle();
    expect(tabs.map(({ heard }) => heard)).toEqual(tabs.map(() => ["one"]));
  });

  it("has one for each organisation, and keeps them apart", async () => {
    const browser = new Browser();
    const [here, there] = [browser.tab("a"), browser.tab("b")];
    await settle();
    expect(browser.open.map(({ name }) => name)).toEqual(["a", "b"]);
    browser.open[0]?.listener.hear(event("one"));
    await settle();
    expect([here.heard, there.heard]).toEqual([["one"], []]);
  });

  it("hands over to the next tab, which goes on after the last event", async () => {
    const browser = new Browser();
    const [first, second, third] = [browser.tab("a"), browser.tab("a"), browser.tab("a")];
    await settle();
    browser.open[0]?.listener.hear(event("one"));
    browser.open[0]?.listener.hear(event(null));
    await settle();
    first.close();
    await first.ended;
    await settle();
    expect(browser.open.map(({ from }) => from)).toEqual(["one"]);
    browser.open[0]?.listener.hear(event("two"));
    await settle();
    expect([second.heard, third.heard]).toEqual([
      ["one", null, "two"],
      ["one", null, "two"],
    ]);
    expect(first.heard).toEqual(["one", null]);
  });

  it("tells a tab that opens later how far the stream is", async () => {
    const browser = new Browser();
    const first = browser.tab("a");
    await settle();
    browser.open[0]?.listener.hear(event("one"));
    const late = browser.tab("a");
    await settle();
    await settle();
    first.close();
    await settle();
    expect(late.heard).toEqual([]);
    expect(browser.open.map(({ from }) => from)).toEqual(["one"]);
  });

  it("lets a tab go that waits", async () => {
    const browser = new Browser();
    const [first, second, third] = [browser.tab("a"), browser.tab("a"), browser.tab("a")];
    await settle();
    second.close();
    await second.ended;
    first.close();
    await settle();
    expect(browser.open).toHaveLength(1);
    browser.open[0]?.listener.hear(event("one"));
    await settle();
    expect([first.heard, second.heard, third.heard]).toEqual([[], [], ["one"]]);
  });

  it("lets another tab try where the service refused one, and goes on hearing", async () => {
    const browser = new Browser();
    const first = browser.tab("a");
    browser.tab("a");
    await settle();
    browser.streams[0]?.end();
    await settle();
    browser.streams[1]?.listener.hear(event("one"));
    await settle();
    expect([browser.streams.length, first.heard]).toEqual([2, ["one"]]);
  });

  it("has a stream only while in sight where there are no locks", async () => {
    const browser = new Browser();
    const document = new Tab();
    const tab = browser.tab("a", { secure: false, document });
    browser.open[0]?.listener.hear(event("one"));
    document.show(false);
    expect(browser.open).toEqual([]);
    document.show(true);
    document.show(true);
    expect(browser.open.map(({ from }) => from)).toEqual(["one"]);
    tab.close();
    await tab.ended;
    document.show(true);
    expect([browser.open, browser.streams.length]).toEqual([[], 2]);
  });
});
