/**
 * What the loader keeps on the page's own origin, where frames of another origin may not keep anything.
 *
 * What that is stands in the storage manifest (`crates/protocol/src/storage_manifest.rs`), which gives the build the keys. A
 * page may choose `sessionStorage` for all of it, or nothing. Where storage is denied, the callers' variables last as long as
 * the page.
 */

import type { Area } from "./core";

/** Says whether a text has only the characters of our keys and tokens, none of which means anything in JSON. */
function isPlain(text: string | null | undefined): text is string {
  return !!text && /^[\w.+-]+$/.test(text);
}

/** Reads a plain text, or nothing. */
export function read(area: Area, key: string): string {
  try {
    const text = (window as unknown as Record<Area, Storage>)[area].getItem(key);
    return isPlain(text) ? text : "";
  } catch {
    return "";
  }
}

/** Keeps a text, or removes what was kept if it is empty; tells whether the caller need not keep it. */
export function keep(area: Area, key: string, text: string): boolean {
  try {
    if (text) (window as unknown as Record<Area, Storage>)[area].setItem(key, text);
    else (window as unknown as Record<Area, Storage>)[area].removeItem(key);
    return true;
  } catch {
    return !text;
  }
}

/** Calls back with everything that is kept. */
export function list(area: Area, use: (text: string, key: string) => void): void {
  try {
    const all = (window as unknown as Record<Area, Storage>)[area];
    for (const key in all) use(all[key], key);
  } catch {
    // There is nothing.
  }
}
