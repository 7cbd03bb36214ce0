import { describe, expect, it } from "vitest";
import { takeEvents } from "./events";

describe("takeEvents", () => {
  it("keeps what is not whole yet", () => {
    const { events, rest } = takeEvents('event: change\ndata: {"resource":"accounts"}\n\nevent: jo');
    expect(events).toEqual([{ event: "change", data: { resource: "accounts" } }]);
    expect(rest).toBe("event: jo");
  });
  it("leaves heartbeats and retry hints out", () => {
    expect(takeEvents(": alive\n\nretry: 3000\n\n").events).toEqual([]);
  });
  it("joins the lines of one event", () => {
    expect(takeEvents("data: a\r\ndata: b\r\n\r\n").events).toEqual([{ event: "message", data: "a\nb" }]);
  });
});
