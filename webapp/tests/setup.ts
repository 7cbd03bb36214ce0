import "@testing-library/jest-dom/vitest";
import { vi } from "vitest";

// jsdom has neither; Mantine asks for both when it mounts.
Object.defineProperty(window, "matchMedia", {
  value: vi.fn((query: string) => ({ matches: false, media: query, addEventListener: vi.fn(), removeEventListener: vi.fn() })),
});
window.ResizeObserver = class {
  observe() {}
  unobserve() {}
  disconnect() {}
};
