/** What the loader has stored of the visitors of this browser. */

/** What stands before the id of a message in our keys; the build puts it in. */
declare const UNSENT_INFIX: string;

/** Removes all of it, of the anonymous visitor and of known ones. */
export function forget(key: string): void {
  for (const area of ["localStorage", "sessionStorage"] as const) {
    try {
      const all = window[area];
      for (const name of Object.keys(all)) {
        const rest = name.slice(key.length);
        // Every suffix is one character, as a test of the manifest says.
        if (name.startsWith(key) && (rest.length < 2 || rest.startsWith(UNSENT_INFIX))) all.removeItem(name);
      }
    } catch {
      // Denied: nothing is stored.
    }
  }
}
