/** How our button looks and where it stands, and where the panel is part of the page. */

import type { LauncherOptions, Mode } from "../../../npm/src/types";
import type { Widget } from "../core";
import { addStyle } from "../launcher";

const SIDES = { start: "inset-inline-start", end: "inset-inline-end", left: "left", right: "right" };

/** The panel takes the place that its element has, or all of the page. */
const FIXED = {
  inline:
    ":host{position:relative!important;display:block!important;width:100%!important;height:100%!important}" +
    "div{position:absolute!important;inset:0!important;width:auto!important;height:auto!important;border-radius:0;box-shadow:none}",
  page: "div{inset:var(--t,0)0 auto;width:auto;height:var(--h,100vh);border-radius:0;box-shadow:none;z-index:1}",
};

/** A number of px that does no harm, or the usual one. */
function px(value: unknown): number {
  return typeof value === "number" && value >= 0 && value <= 1_000 ? value : 20;
}

function rules({ position = "end", offset, hideOnMobile, badge }: LauncherOptions): string {
  const side = `inset-inline:auto;${SIDES[position] ?? SIDES.end}:${px(offset?.x)}px;`;
  const up = px(offset?.y);
  return (
    `button{${side}bottom:${up}px}` +
    `@media(min-width:481px){div{${side}bottom:${up + 72}px;height:min(640px,100vh - ${up + 92}px)}}` +
    (hideOnMobile ? "@media(max-width:480px){button{display:none}}" : "") +
    (badge === false ? "p{display:none}" : "")
  );
}

/** Writes over the loader's style; what it returns writes anew. */
export function styleOf(widget: Widget): (launcher: LauncherOptions, mode: Mode | undefined) => void {
  const write = addStyle(widget.shell.shadowRoot!);
  return (launcher, mode) => {
    if (mode === "inline" || mode === "page") {
      write(FIXED[mode]);
      widget.button.hidden = true;
    } else {
      write(launcher.position || launcher.offset || launcher.hideOnMobile || launcher.badge === false ? rules(launcher) : "");
      widget.button.hidden = launcher.show === false;
    }
  };
}
