/**
 * The script tag: draws the launcher on somebody else's page and opens the chat's frame on the first intent.
 *
 * The page may be hostile or merely odd, so this code shares nothing with it: no global but one symbol, nothing stored
 * before the visitor acts, no `fetch`, no `JSON` but for the page's own words, no `innerHTML`, no inline style, and no
 * options object that a polluted `Object.prototype` could reach. The page's own script can always read what this code
 * can; what it cannot reach is the chat itself, which lives in a frame without an origin.
 */

import { request } from "./http";
import { openWidget } from "./widget";

const page = window as unknown as Record<symbol, boolean>;
const guard = Symbol.for("porchlight");
// Two inclusions by mistake are one widget.
if (!page[guard]) {
  page[guard] = true;
  // A module has no current script.
  const tag = (document.currentScript ?? document.querySelector("script[data-site]")) as HTMLScriptElement;
  const site = tag.dataset["site"];
  const host = new URL(tag.src).origin;
  request("GET", `${host}/api/sites/${site}/config`, null, (config, code) => {
    if (config) openWidget(host, site!, config, tag.dataset["userJwt"]);
    else console.warn("Porchlight: " + (code || "unavailable"));
  });
}
