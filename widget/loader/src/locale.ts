/**
 * Another language or colour at run time, of a file of its own: only pages that change it need it. The launcher changes at
 * once, the panel when its words have come.
 */

import type { Core } from "./core";
import { addStyle } from "./launcher";
import { textOf } from "./http";

/** What the site's server says of a colour, for each launcher. */
const sheets = new WeakMap<ShadowRoot, (style: string) => void>();

/** Asks for what the page wants. */
export default function change(core: Core): Promise<void> {
  const { widget, wishes } = core;
  return new Promise((resolve, reject) =>
    core.ask((config) => {
      // It went away, or the page wants something else by now.
      if (core.widget !== widget || core.wishes.locale !== wishes.locale || core.wishes.accent !== wishes.accent) return resolve();
      if (!config) return reject();
      Object.assign(widget!.config, config);
      restyle(widget!.shell.shadowRoot!, textOf(config, "style"));
      // It stays as it is, and says anew what it is called.
      widget!.setOpen(core.open, false);
      core.line?.speak();
      resolve();
    }),
  );
}

/** Writes over what the loader has written, and under what the page says of the launcher. */
function restyle(root: ShadowRoot, style: string): void {
  const known = sheets.get(root);
  if (known) return known(style);
  const write = addStyle(root);
  sheets.set(root, write);
  write(style);
  const [first, ...others] = root.adoptedStyleSheets;
  const own = others.pop();
  if (own) root.adoptedStyleSheets = [first!, own, ...others];
}
