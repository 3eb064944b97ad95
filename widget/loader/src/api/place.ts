/** The panel as a part of the page. */

import type { BootOptions } from "../../../npm/src/types";
import type { Core, Widget } from "../core";

/** Whether the panel has a fixed place. */
export function isFixed({ mode }: BootOptions): boolean {
  return mode === "inline" || mode === "page";
}

/** Puts the element where it belongs, once that is there. */
export function placeOf(options: BootOptions): (widget: Widget) => void {
  return (widget) => {
    const { container } = options;
    const named = typeof container === "string" ? document.querySelector(container) : container;
    const parent = options.mode === "page" ? document.body : named;
    if (!parent?.isConnected) return;
    widget.expected = true;
    widget.shell.popover = null;
    parent.append(widget.shell);
  };
}

/** Keeps the element in its place, and opens the panel when it comes in sight; what it returns ends that. */
export function settle(core: Core, widget: Widget): () => void {
  if (!core.place) return () => {};
  const sight = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    sight.disconnect();
    widget.setOpen(true, false);
  });
  sight.observe(widget.shell);
  const changes = new MutationObserver(widget.show);
  changes.observe(document, { childList: true, subtree: true });
  return () => {
    sight.disconnect();
    changes.disconnect();
  };
}
