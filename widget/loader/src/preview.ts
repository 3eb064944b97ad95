/**
 * The widget as its owner will see it on a page, in a frame of the inbox: the loader's own launcher, and the frame of the
 * real panel. Nobody is asked for a session, nothing is stored, and what is written in it goes nowhere.
 */

import type { Config, Core, Widget } from "./core";
import { addStyle } from "./launcher";
import { drawWidget } from "./widget";

/** What only the panel reads of a configuration. */
type Told = Record<"style" | "direction" | "scheme" | "greeting" | "site", string> & { readonly logo?: string };

/** What the inbox tells whenever something was typed. */
interface Typed {
  readonly type: "preview";
  /** The key of the site, for the address of the frame. */
  readonly site: string;
  readonly config: Config & Told;
  /** Whether the page is light or dark. */
  readonly scheme: string;
  readonly open: boolean;
}

/** As much of a page as it takes to see the chat on one. */
const PAGE =
  ":root{height:100%;color-scheme:light;background:#faf9f7}:root[data-scheme=dark]{color-scheme:dark;background:#26241f}" +
  "body{margin:24px;height:calc(100% - 48px);max-width:34rem;" +
  "background:repeating-linear-gradient(#8883 0 9px,transparent 9px 26px)}";
/** Milliseconds after which what was typed into the panel's name or greeting has come to an end. */
const PAUSE = 300;

let shown: Shown | undefined;
let pause: number | undefined;

/** One widget, for as long as what its panel reads once stays. */
class Shown {
  readonly name: string;
  readonly #core: Core;
  readonly #widget: Widget;
  readonly #write: (style: string) => void;
  #typed: Typed;
  #port: MessagePort | undefined;

  constructor(typed: Typed) {
    const core = coreOf(typed, (widget) => this.#connect(widget));
    this.#typed = typed;
    this.#core = core;
    this.name = nameOf(typed);
    drawWidget(core, { ...typed.config, style: "" } as Config);
    this.#widget = core.widget!;
    this.#write = addStyle(this.#widget.shell.shadowRoot!);
    this.#widget.prepare();
    this.show(typed);
  }

  show(typed: Typed): void {
    this.#typed = typed;
    this.#write(typed.config.style);
    Object.assign(this.#widget.config, typed.config);
    if (this.#core.open !== typed.open) this.#widget.setOpen(typed.open, false);
    // It says anew what it is called.
    else this.#widget.setOpen(this.#core.open, false);
    this.#port?.postMessage({ type: "locale", ...this.#manner });
  }

  end(): void {
    this.#widget.observer.disconnect();
    this.#widget.shell.remove();
  }

  get #manner() {
    const { config: { logo, ...config }, scheme } = this.#typed;
    // What is typed stands before what is saved, which the frame's page has, and so does none.
    const told = { ...config, logo: logo ? `/logos/${config.site}/${logo}` : "" };
    return { config: told, strings: {}, scheme: config.scheme === "auto" ? scheme : undefined };
  }

  #connect(widget: Widget): void {
    if (!widget.fresh) return;
    widget.fresh = false;
    const frame = widget.frame!;
    const channel = new MessageChannel();
    this.#port = channel.port1;
    // Whatever else it says, nobody answers.
    channel.port1.onmessage = ({ data }: MessageEvent<{ type: string }>) => {
      if (data.type === "ready") frame.title = this.#typed.config.name;
    };
    frame.inert = true;
    frame.contentWindow!.postMessage("porchlight", "*", [channel.port2]);
    const page = { url: location.href, title: "", referrer: "" };
    // For the panel itself it stays closed: what is closed asks for nothing.
    channel.port1.postMessage({ type: "start", ...this.#manner, page, open: false, focus: false, fixed: false, mute: true });
  }
}

/** What the panel reads once: with another one it begins anew. */
function nameOf({ config }: Typed): string {
  return JSON.stringify([config.language, config.name, config.greeting]);
}

/** As much of the loader as a widget asks for. */
function coreOf(typed: Typed, connect: (widget: Widget) => void): Core {
  const line = (core: Core, widget?: Widget) => {
    const nothing = () => {};
    core.line = { connect: () => connect(widget!), speak: nothing, renew: nothing, post: nothing, follow: nothing, end: nothing };
    connect(widget!);
  };
  return {
    host: location.origin,
    site: typed.site,
    area: "none",
    open: false,
    unread: 0,
    wishes: {},
    calls: [],
    hear: [],
    tell: () => {},
    file: () => Promise.resolve({ default: line }),
  } as unknown as Core;
}

addEventListener("message", ({ data, origin, source }: MessageEvent<Typed>) => {
  if (origin !== location.origin || source !== parent || data.type !== "preview") return;
  document.documentElement.dir = data.config.direction;
  document.documentElement.dataset["scheme"] = data.scheme;
  clearTimeout(pause);
  shown?.show(data);
  if (shown?.name === nameOf(data)) return;
  const begin = () => {
    shown?.end();
    shown = new Shown(data);
  };
  if (shown) pause = setTimeout(begin, PAUSE);
  else begin();
});

const sheet = new CSSStyleSheet();
sheet.replaceSync(PAGE);
document.adoptedStyleSheets = [sheet];
parent.postMessage({ type: "preview-ready" }, location.origin);
