/** What a page's Content Security Policy must allow. */

import type { Mode } from "./types.js";

/** Returns the sources by directive, for the host where Porchlight is reached, as in `https://chat.example.com`. */
export function csp(host: string, mode: Mode = "frame"): Record<string, string[]> {
  const { origin } = new URL(host);
  const policy: Record<string, string[]> = { "script-src": [origin], "connect-src": [origin], "frame-src": [origin] };
  // The dot on the page's icon; a page that is the chat has no icon to draw on.
  if (mode !== "page") policy["img-src"] = ["data:"];
  return policy;
}
