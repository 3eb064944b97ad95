/**
 * What the loader keeps on the page's own origin, where frames of another origin may not keep anything.
 *
 * In `localStorage`: `porchlight:SITE` is the visitor's token and `porchlight:SITE:N` the outbox of one tab.
 * In `sessionStorage`: `porchlight:SITE` is this tab's N, followed by `+` while the panel is open.
 * Everything is text in a form that is checked. Where storage is denied, the callers' variables last as long as the page.
 */

type Area = "localStorage" | "sessionStorage";

/** Says whether a text has only the characters of our keys, tokens and outboxes, none of which means anything in JSON. */
export function isPlain(text: string | null): text is string {
  return !!text && /^[\w.+-]+$/.test(text);
}

/** Reads a plain text, or nothing. */
export function read(area: Area, key: string): string {
  try {
    const text = window[area].getItem(key);
    return isPlain(text) ? text : "";
  } catch {
    return "";
  }
}

/** Keeps a text if the page may. */
export function keep(area: Area, key: string, text: string): void {
  try {
    window[area].setItem(key, text);
  } catch {
    // Denied or full: the caller has it.
  }
}

/**
 * Finds an outbox that no other open tab writes to, so that two tabs never number the same messages.
 *
 * A tab takes the lowest free number; after a reload it waits a moment for its own, which the page before may not have
 * let go of yet. What a closed tab left unsent is found by the next one that takes its number.
 */
export function claimOutbox(key: string, mine: string, use: (number: number) => void): void {
  const take = async (number: number, signal?: AbortSignal): Promise<unknown> =>
    navigator.locks.request(
      `${key}:${number}`,
      { __proto__: null, ifAvailable: !signal, signal } as unknown as LockOptions,
      (lock) => (lock ? (use(number), new Promise(() => {})) : take(number + 1)),
    );
  take(parseInt(mine) || 0, mine ? AbortSignal.timeout?.(2_000) : undefined)
    .catch(() => take(0))
    .catch(() => use(0));
}
