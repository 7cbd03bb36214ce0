const TRIES_MAX = 3;
const WAIT_MS = 400;

function network(): Promise<void> {
  if (navigator.onLine) return Promise.resolve();
  return new Promise((resolve) => window.addEventListener("online", () => resolve(), { once: true }));
}

/**
 * Loads a page's file. Without a network it waits for one; a file that does not come is asked for again before the page gives up, as when
 * a newer version has replaced it.
 */
export async function steadyImport<Module>(load: () => Promise<Module>): Promise<Module> {
  for (let attempt = 1; ; attempt++) {
    await network();
    try {
      return await load();
    } catch (problem) {
      if (!navigator.onLine) attempt = 0;
      else if (attempt >= TRIES_MAX) throw problem;
      else await new Promise((resolve) => setTimeout(resolve, WAIT_MS * attempt));
    }
  }
}
