/** What the tag, the settings object and `boot` say, as one. */

import type { BootOptions, LauncherOptions, Side } from "../../../npm/src/types";

/** Reads a switch: `off`, `false`, `no` and `0` are off, anything else is on. */
function isOn(text: string): boolean {
  return !/^(off|false|no|0)$/i.test(text);
}

/** Reads the data attributes of the tag. */
export function ofTag(data: DOMStringMap): BootOptions {
  const launcher: LauncherOptions = {};
  const options: BootOptions = { launcher };
  const { consent, userJwt, position, offsetX, offsetY, hideOnMobile, launcher: selector } = data;
  for (const name of ["site", "load", "mode", "container", "storage", "locale", "scheme", "accent"] as const) {
    const text = data[name];
    if (text) options[name] = text as never;
  }
  if (consent) options.consent = consent !== "denied";
  if (userJwt) options.user = { proof: { jwt: userJwt } };
  for (const name of ["open", "sound", "title", "favicon", "preview"] as const) {
    const text = data[name];
    if (text !== undefined) options[name] = isOn(text);
  }
  if (position) launcher.position = position as Side;
  // What is no number is the usual one.
  if (offsetX || offsetY) launcher.offset = { x: +offsetX!, y: +offsetY! };
  if (hideOnMobile !== undefined) launcher.hideOnMobile = isOn(hideOnMobile);
  if (selector && selector !== "default") {
    launcher.show = false;
    if (selector !== "none") launcher.selector = selector;
  }
  return options;
}

/** Puts what is said later over what was said before; of the launcher each part by itself. */
export function merge(before: BootOptions, later: BootOptions | undefined): BootOptions {
  const launcher = { ...before.launcher, ...later?.launcher };
  return { ...before, ...later, launcher };
}
