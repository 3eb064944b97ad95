/** How our button looks and where it stands, and where the panel is part of the page. */

import type { BootOptions, LauncherOptions } from "../../../npm/src/types";
import type { Widget } from "../core";
import { addStyle } from "../launcher";

const SIDES = { start: "inset-inline-start", end: "inset-inline-end", left: "left", right: "right" };

/** The panel takes the place that its element has, or all of the page. */
const FIXED = {
  inline:
    ":host{position:relative!important;display:block!important;width:100%!important;height:100%!important}" +
    "div{position:absolute!important;inset:0!important;width:auto!important;height:auto!important;border-radius:0;box-shadow:none}",
  page: "div{inset:var(--t,0)0 auto;width:auto;height:var(--h,100dvh);border-radius:0;box-shadow:none;z-index:1}",
};

/** What the page says goes before what the site says, each part by itself; a distance that does harm is not said. */
function rules({ position, offset, hideOnMobile, badge }: LauncherOptions, site: LauncherOptions): string {
  const px = (axis: "x" | "y") => {
    const said = offset?.[axis]!;
    return said >= 0 && said < 1_000 ? said : site.offset![axis]!;
  };
  const side = `inset-inline:auto;${SIDES[position!] ?? SIDES[site.position!]}:${px("x")}px;`;
  const up = +px("y");
  return (
    (position || offset
      ? `button{${side}bottom:${up}px}` +
        // What fills a small screen is more specific.
        `div{${side}bottom:${up + 72}px;height:min(640px,100vh - ${up + 92}px)}`
      : "") +
    (hideOnMobile ? "@media(max-width:480px){button{display:none}}" : "") +
    (badge === false ? "p{display:none}" : "")
  );
}

/** Writes over the loader's style; what it returns writes anew. */
export function styleOf(widget: Widget): (options: BootOptions) => void {
  const write = addStyle(widget.shell.shadowRoot!);
  return ({ mode, launcher }) => {
    if (mode === "inline" || mode === "page") {
      write(FIXED[mode]);
      widget.button.hidden = true;
    } else {
      write(rules(launcher!, widget.config.launcher));
      widget.button.hidden = launcher!.show === false;
    }
  };
}
