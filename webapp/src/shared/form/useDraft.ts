import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { getSession } from "@/api/session";

interface Draft<V> {
  at: string;
  values: V;
}

const WAIT_MS = 500;

function read<V>(key: string): Draft<V> | null {
  try {
    const draft = JSON.parse(sessionStorage.getItem(key) ?? "null") as Draft<V> | null;
    return draft && typeof draft.at === "string" && draft.values ? draft : null;
  } catch {
    return null;
  }
}

/**
 * Keeps what was typed into a form for the case that its tab is reloaded or its page is left. `found` is a draft from before,
 * to be restored or thrown away.
 */
export function useDraft<V>(name: string, values: V, dirty: boolean) {
  const key = useMemo(() => `countinghouse.draft.${getSession()?.organizationId ?? ""}.${name}`, [name]);
  const [found, setFound] = useState(() => read<V>(key));
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  useEffect(() => {
    if (!dirty) return;
    timer.current = setTimeout(() => {
      try {
        sessionStorage.setItem(key, JSON.stringify({ at: new Date().toISOString(), values }));
      } catch {
        // Full or blocked storage: the form works without the safety net.
      }
    }, WAIT_MS);
    return () => clearTimeout(timer.current);
  }, [key, values, dirty]);

  const clear = useCallback(() => {
    clearTimeout(timer.current);
    sessionStorage.removeItem(key);
    setFound(null);
  }, [key]);

  const dismiss = useCallback(() => setFound(null), []);
  return { found, clear, dismiss };
}
