/** When the widget begins. */

import type { LoadWhen } from "../../../npm/src/types";

const SIGNS = ["pointerdown", "pointermove", "keydown", "scroll", "touchstart"] as const;

/** Calls back when it is time, unless what it returns is called before. */
export function whenTime(when: LoadWhen | undefined, begin: () => void): () => void {
  const life = new AbortController();
  const { signal } = life;
  const start = () => {
    if (signal.aborted) return;
    life.abort();
    begin();
  };
  if (when === "idle") {
    // Safari has no idle callback.
    if ("requestIdleCallback" in window) {
      const id = requestIdleCallback(start, { timeout: 5_000 });
      signal.addEventListener("abort", () => cancelIdleCallback(id));
    } else {
      const id = setTimeout(start, 1_000);
      signal.addEventListener("abort", () => clearTimeout(id));
    }
  } else if (when === "interaction") {
    for (const sign of SIGNS) addEventListener(sign, start, { signal, passive: true, capture: true });
  } else if (when !== "manual") {
    start();
  }
  return () => life.abort();
}
