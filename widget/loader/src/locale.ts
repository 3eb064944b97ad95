/**
 * Another language at run time, of a file of its own: only pages that change it need it. The launcher changes at once,
 * the panel when its words have come.
 */

import type { Core } from "./core";

/** Asks for the words of the language that the page wants. */
export default function change(core: Core): Promise<void> {
  const { widget, wishes } = core;
  return new Promise((resolve, reject) =>
    core.ask((config) => {
      // It went away, or the page wants another one by now.
      if (core.widget !== widget || core.wishes.locale !== wishes.locale) return resolve();
      if (!config) return reject();
      Object.assign(widget!.config, config);
      // It stays as it is, and says anew what it is called.
      widget!.setOpen(core.open, false);
      core.line?.speak();
      resolve();
    }),
  );
}
