/**
 * One widget on one page: the launcher, and the place of the frame behind it.
 *
 * Order of a visit: the launcher is drawn; the first hover, focus or touch creates the frame, hidden, and loads the line
 * to it; a click opens it, and only then does the frame ask for a session.
 */

import type { Config, Core, Widget } from "./core";
import { textOf } from "./http";
import { drawLauncher } from "./launcher";
import { STYLE } from "./style";

/** Where the file of the line is; the build puts it in. */
declare const LINE: string;
/** Where the file of proactive messages is; the build puts it in. */
declare const PROACTIVE: string;
/** What our keys begin with, and what stands behind that where the panel is open; the build puts them in. */
declare const STORAGE_PREFIX: string, OPEN_SUFFIX: string;

/** Puts the widget into the page. */
export function drawWidget(core: Core, config: Config): void {
  const key = STORAGE_PREFIX + textOf(config, "site");
  const [shell, button, badge, box] = drawLauncher(STYLE + textOf(config, "style"));

  const words = () => ({ ...config.words, ...(core.wishes.strings as object) });

  const setOpen = (open: boolean, focus: boolean) => {
    core.open = open;
    widget.focus = focus;
    if (open) prepare();
    button.setAttribute("aria-expanded", `${open}`);
    button.setAttribute("aria-label", textOf(words(), open ? "close_chat" : "launcher_open"));
    box.dataset["w"] = textOf(words(), "launcher_connecting");
    shell.lang = config.locale;
    box.toggleAttribute("inert", !open);
    core.line?.follow(open, focus);
    core.tell({ type: "open", open, focus });
    if (focus) (open ? widget.frame : button)?.focus();
  };

  const prepare = () => {
    if (widget.frame || core.widget != widget) return;
    const frame = (widget.frame = document.createElement("iframe"));
    frame.setAttribute("sandbox", "allow-scripts allow-popups allow-popups-to-escape-sandbox allow-downloads allow-modals");
    frame.onload = () => {
      widget.fresh = widget.expected!;
      widget.expected = false;
      core.line?.connect();
    };
    core.file(LINE).then(
      (file) => file.default(core, widget),
      () => {
        // The server is away.
        frame.remove();
        widget.frame = undefined;
        setTimeout(prepare, 9_000);
      },
    );
    widget.expected = true;
    frame.src = `${core.host}/widget/${core.site}/frame?lang=${config.language}`;
    box.append(frame);
  };

  const show = () => {
    if (shell.isConnected || !document.body) return;
    if (core.place) return core.place(widget);
    // A frame that is put back loads anew.
    widget.expected = true;
    document.body.append(shell);
    shell.showPopover?.();
    watch(document.body);
  };
  // Routers that replace the body take the launcher away with it.
  const observer = new MutationObserver(show);
  const watch = (node: Node) => observer.observe(node, { __proto__: null, childList: true } as MutationObserverInit);

  const widget: Widget = { shell, button, badge, box, config, words, key, setOpen, prepare, show, observer };
  core.widget = widget;
  watch(document.documentElement);
  button.onpointerenter = button.onfocus = prepare;
  button.onclick = () => setOpen(!core.open, true);
  button.onkeydown = (event) => {
    if (core.open && event.key == "Escape") setOpen(false, true);
  };

  // It was open on the page before; where it would cover everything, the visitor followed a link to see the page.
  let wasOpen;
  try {
    wasOpen = sessionStorage.getItem(key + OPEN_SUFFIX) && innerWidth > 480 && innerHeight > 480;
  } catch {
    // It is closed.
  }
  setOpen(!!wasOpen, false);
  // Last, so that the closed panel is closed from the first picture of it.
  show();
  if (config.proactive || (config.visits && core.wishes.consent)) core.file(PROACTIVE).then((file) => file.default(core, widget));
}
