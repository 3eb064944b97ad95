/** What the loader has stored of the visitors of this browser. */

/** Removes all of it, of the anonymous visitor and of known ones. */
export function forget(key: string): void {
  for (const area of ["localStorage", "sessionStorage"] as const) {
    try {
      const all = window[area];
      for (const name of Object.keys(all)) {
        if (name === key || name === `${key}+` || name.startsWith(`${key}:`)) all.removeItem(name);
      }
    } catch {
      // Denied: nothing is stored.
    }
  }
}
