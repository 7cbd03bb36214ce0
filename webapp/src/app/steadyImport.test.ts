import { afterEach, describe, expect, it, vi } from "vitest";
import { steadyImport } from "./steadyImport";

afterEach(() => vi.restoreAllMocks());

describe("steadyImport", () => {
  it("asks again for a file that did not come", async () => {
    const load = vi.fn().mockRejectedValueOnce(new TypeError("failed")).mockResolvedValue("page");
    expect(await steadyImport(load)).toBe("page");
    expect(load).toHaveBeenCalledTimes(2);
  });

  it("gives up on a file that is gone, with the browser's own words", async () => {
    const load = vi.fn().mockRejectedValue(new TypeError("gone"));
    await expect(steadyImport(load)).rejects.toThrow("gone");
    expect(load).toHaveBeenCalledTimes(3);
  });

  it("waits for the network where there is none", async () => {
    const onLine = vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
    const load = vi.fn().mockResolvedValue("page");
    const page = steadyImport(load);
    await Promise.resolve();
    expect(load).not.toHaveBeenCalled();
    onLine.mockReturnValue(true);
    window.dispatchEvent(new Event("online"));
    expect(await page).toBe("page");
  });
});
