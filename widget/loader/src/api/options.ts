/** What the tag, the settings object and `boot` say, as one. */

import type { BootOptions, LauncherOptions, LoadWhen, Mode, Side, StorageArea } from "../../../npm/src/types";

/** Reads a switch: `off`, `false`, `no` and `0` are off, anything else is on. */
function isOn(text: string): boolean {
  return !/^(off|false|no|0)$/i.test(text);
}

/** Reads the data attributes of the tag. */
export function ofTag(data: DOMStringMap): BootOptions {
  const options: BootOptions = {};
  const launcher: LauncherOptions = {};
  const { site, load, mode, container, consent, storage, open, userJwt, position, offsetX, offsetY } = data;
  if (site) options.site = site;
  if (load) options.load = load as LoadWhen;
  if (mode) options.mode = mode as Mode;
  if (container) options.container = container;
  if (consent) options.consent = consent !== "denied";
  if (storage) options.storage = storage as StorageArea;
  if (open !== undefined) options.open = isOn(open);
  if (userJwt) options.user = { proof: { jwt: userJwt } };
  for (const name of ["sound", "title", "favicon"] as const) {
    const text = data[name];
    if (text !== undefined) options[name] = isOn(text);
  }
  if (position) launcher.position = position as Side;
  if (offsetX || offsetY) launcher.offset = { x: Number(offsetX ?? 20), y: Number(offsetY ?? 20) };
  if (data["hideOnMobile"] !== undefined) launcher.hideOnMobile = isOn(data["hideOnMobile"]);
  if (data["launcher"] && data["launcher"] !== "default") {
    launcher.show = false;
    if (data["launcher"] !== "none") launcher.selector = data["launcher"];
  }
  if (Object.keys(launcher).length) options.launcher = launcher;
  return options;
}

/** Puts what is said later over what was said before; of the launcher each part by itself. */
export function merge(before: BootOptions, later: BootOptions | undefined): BootOptions {
  const launcher = { ...before.launcher, ...later?.launcher };
  return { ...before, ...later, launcher };
}
