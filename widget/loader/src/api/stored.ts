/** What the loader has stored of the visitors of this browser. */

/** What stands in our keys; the build puts them in. */
declare const UNSENT_INFIX: string, OPEN_SUFFIX: string, MUTE_SUFFIX: string, PROACTIVE_SUFFIX: string;

/** Removes all of it, of the anonymous visitor and of known ones. */
export function forget(key: string): void {
  for (const area of ["localStorage", "sessionStorage"] as const) {
    try {
      const all = window[area];
      for (const name of Object.keys(all)) {
        const rest = name.startsWith(key) && name.slice(key.length);
        // What has no suffix has all of them before it.
        if (rest !== false && ((OPEN_SUFFIX + MUTE_SUFFIX + PROACTIVE_SUFFIX).includes(rest) || rest.startsWith(UNSENT_INFIX))) all.removeItem(name);
      }
    } catch {
      // Denied: nothing is stored.
    }
  }
}
