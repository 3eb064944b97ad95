/** The same conversation in a window of its own: an empty one of the page's own origin, so that it has its storage. */

import type { BootOptions } from "../../../npm/src/types";
import type { Core } from "../core";

/** Whether the page may have stated the script's hash. */
declare const WHOLE: object | undefined;

const FEATURES = "popup,width=420,height=700";

/** Opens it, or brings it to the front. */
export function popOut(core: Core, options: BootOptions): Window | null {
  const other = window.open("", `porchlight-${core.site}`, FEATURES);
  if (!other) return null;
  if (!other.Porchlight) {
    const { document } = other;
    const { launcher: _, load: __, container: ___, open: ____, consent: _____, ...rest } = options;
    // The new document says no language of its own.
    rest.locale ??= core.widget?.config.locale as string;
    other.PorchlightSettings = { ...rest, mode: "page" };
    document.title = core.widget?.config.name ?? "";
    const scale = document.createElement("meta");
    scale.name = "viewport";
    scale.content = "width=device-width,initial-scale=1";
    const script = document.createElement("script");
    if (WHOLE) {
      script.integrity = core.tag.integrity;
      script.crossOrigin = core.tag.crossOrigin;
    }
    script.src = core.tag.src;
    script.nonce = core.tag.nonce;
    script.dataset["site"] = core.site;
    document.head.append(scale, script);
  }
  other.focus();
  return other;
}
