/**
 * What a site says by itself, of a file of its own that only pages of such sites load: which message is due on this page,
 * and how it is shown beside the launcher. What an agent says to one visitor is shown in the same way; so the file that
 * tells who is there comes by this one.
 *
 * All of it is decided here: nothing tells our server what a visitor does on the page. Nothing is stored before the visitor
 * opens a message or puts it away, and who asks not to be followed is watched for nothing (SPEC WG52 to WG58).
 */

import type { Config, Core, News, Opener, Widget } from "./core";
import { request, textOf } from "./http";
import { addStyle } from "./launcher";
import { isPrivate, onNavigation } from "./page";
import { keep, read } from "./storage";

/** What stands in our key; the build puts it in. */
declare const PROACTIVE_SUFFIX: string;
/** Where the file is that tells who is there; the build puts it in. */
declare const VISITS: string;

type Rule = {
  readonly id: number | string;
  readonly text: string;
  readonly pages: readonly string[];
  readonly triggers: { readonly seconds: number | null; readonly scroll: number | null; readonly exit: boolean };
  readonly audience: "everybody" | "returning" | "new";
  readonly repeat: "once" | "session" | "always";
  /** Only of what an agent says to this one visitor. */
  readonly opener?: Opener;
};
type Told = { readonly words: object; readonly messages: readonly Rule[] };
/** What only this file reads of a configuration. */
type Look = Record<"accent" | "ink" | "scheme", string> & { readonly panel: Record<string, string> };

/** The most ids that are kept. */
const KEPT = 100;
/** Between the card and the launcher, in pixels. */
const GAP = 12;

/** What is said to one visitor only, and once. */
const NOBODYS = {
  pages: [],
  triggers: { seconds: null, scroll: null, exit: false },
  audience: "everybody",
  repeat: "always",
} as const;

const STYLE =
  ":host{all:initial;display:block;position:fixed;box-sizing:border-box;width:max-content;min-width:200px;" +
  "max-width:min(320px,100vw - 40px);overflow:auto;padding:14px 16px 16px;border:1px solid transparent;" +
  "background:#fff;background:light-dark(#fff,#2b2823);color:#1d1b18;color:light-dark(#1d1b18,#f5f3ef);" +
  "font:15px/1.45 var(--f);box-shadow:0 2px 8px #0003,0 8px 32px #0003;animation:a .2s}" +
  "@keyframes a{from{opacity:0;translate:0 8px}}" +
  "b{display:block;margin:0 0 4px;padding-inline-end:28px;font-size:13px;font-weight:600;overflow-wrap:anywhere;opacity:.8}" +
  "p{margin:0 0 12px;min-height:1.45em;white-space:pre-line;overflow-wrap:anywhere}" +
  "button{font:600 14px/20px var(--f);box-sizing:border-box;min-height:36px;padding:7px 16px;border:1px solid transparent;" +
  "border-radius:20px;background:var(--b);color:var(--i);cursor:pointer}" +
  "button:hover{filter:brightness(1.08)}" +
  "button:focus-visible{outline:3px solid #fff;box-shadow:0 0 0 5px #000}" +
  // The one that puts it away.
  "button+button{position:absolute;inset-block-start:6px;inset-inline-end:6px;width:32px;min-height:32px;padding:0;" +
  "background:none;color:inherit}" +
  'button+button:before{content:"";position:absolute;inset:10px;border:6px solid;' +
  'clip-path:path("M1 0L6 5L11 0L12 1L7 6L12 11L11 12L6 7L1 12L0 11L5 6L0 1Z")}' +
  "@media(prefers-reduced-motion){:host{animation:none}}";

/** Asks for the messages of the site, and shows each when it is due. */
export default function begin(core: Core, widget: Widget): void {
  const { language, proactive, visits } = widget.config;
  if (visits && (core.session || (core.wishes.consent && !isPrivate()))) core.file(VISITS).then((file) => file.default(core, widget));
  if (isPrivate() || core.spoken === widget) return;
  core.spoken = widget;
  const start = (told: object | null) => {
    if (told && core.widget === widget) new Proactive(core, widget, told as Told);
  };
  if (!proactive) return start({ words: {}, messages: [] });
  request("GET", `${core.host}/api/sites/${core.site}/proactive?lang=${language}`, null, start);
}

class Proactive {
  readonly #core: Core;
  readonly #widget: Widget;
  readonly #told: Told;
  /** As long as the widget. */
  readonly #life = new AbortController();
  /** What the panel says first on its own. */
  readonly #greeting: string;
  /** Those that were shown since the page was loaded. */
  readonly #seen = new Set<Rule["id"]>();
  /** As long as what is due on this page may come. */
  #page = new AbortController();
  #path = "";
  /** What the visitor answers in the conversation that is about to begin. */
  #answered: Rule | undefined;
  #shown: { readonly card: HTMLElement; readonly rule: Rule; readonly end: () => void } | undefined;

  constructor(core: Core, widget: Widget, told: Told) {
    this.#core = core;
    this.#widget = widget;
    this.#told = told;
    this.#greeting = widget.config.greeting;
    const { signal } = this.#life;
    core.hear.push(this.#hear);
    onNavigation((target, type, listener) => target?.addEventListener(type, listener, { signal }), () => this.#arrive());
    widget.shell.addEventListener("keydown", ({ key }) => key === "Escape" && this.#putAway(), { signal });
    this.#arrive();
    this.#say();
  }

  readonly #hear = (news: News) => {
    const core = this.#core;
    const { config } = this.#widget;
    if (news.type === "granted" && core.session && this.#answered) this.#tellAnswered(core.session, this.#answered);
    if (news.type === "opener") return this.#say();
    if (core.widget !== this.#widget) {
      this.#page.abort();
      this.#life.abort();
      this.#hide();
      core.hear = core.hear.filter((hear) => hear !== this.#hear);
    } else if (core.open) {
      // By the launcher as well it is an answer to what stood beside it.
      if (this.#shown) this.#remember(this.#shown.rule);
      this.#hide();
    } else if (core.unread) {
      this.#hide();
    } else {
      // The page may be about to hide the launcher.
      queueMicrotask(() => this.#widget.button.hidden && this.#hide());
    }
    // Another conversation begins with the site's own words.
    if (news.type === "turn") config.greeting = this.#greeting;
  };

  /** Waits for what is due on the page that the visitor has come to. */
  #arrive(): void {
    const path = decoded(location.pathname);
    // Another part of the same page is no other page.
    if (path === this.#path) return;
    this.#path = path;
    this.#hide();
    this.#page.abort();
    this.#page = new AbortController();
    const { signal } = this.#page;
    const isReturning = !!read(this.#core.area, this.#widget.key);
    for (const rule of this.#told.messages) {
      const { pages, audience, triggers } = rule;
      if (pages.length && !pages.some((page) => fits(decoded(page), path))) continue;
      if (audience === (isReturning ? "new" : "returning") || this.#isOver(rule)) continue;
      const show = () => this.#show(rule);
      const { seconds, scroll, exit } = triggers;
      if (seconds) {
        const timer = setTimeout(show, seconds * 1_000);
        signal.addEventListener("abort", () => clearTimeout(timer));
      }
      if (scroll) addEventListener("scroll", () => depth() >= scroll && show(), { signal, passive: true });
      if (exit) {
        const left = ({ clientY }: MouseEvent) => clientY <= 0 && show();
        document.documentElement.addEventListener("mouseleave", left, { signal });
      }
    }
  }

  /** Whether the visitor has had enough of it. */
  #isOver({ id, repeat }: Rule): boolean {
    return repeat !== "always" && (this.#seen.has(id) || this.#kept(repeat).includes(id.toString(36)));
  }

  #area(repeat: Rule["repeat"]) {
    const { area } = this.#core;
    return repeat === "session" && area !== "none" ? "sessionStorage" : area;
  }

  #kept(repeat: Rule["repeat"]): string[] {
    return read(this.#area(repeat), this.#widget.key + PROACTIVE_SUFFIX).split(".");
  }

  /** The visitor has opened it or put it away: that is an intent, so it may be kept. */
  #remember({ id, repeat }: Rule): void {
    if (repeat === "always") return;
    const ids = [...this.#kept(repeat).filter(Boolean), id.toString(36)].slice(-KEPT);
    keep(this.#area(repeat), this.#widget.key + PROACTIVE_SUFFIX, ids.join("."));
  }

  /** Shows it, and nothing else on this page, unless there is something that it would disturb. */
  #show(rule: Rule): void {
    const core = this.#core;
    const { open, unread, session, place, wishes } = core;
    const { button } = this.#widget;
    const { opener } = rule;
    if (this.#shown || open || unread || place || wishes.preview === false) return;
    if (!opener && (session || this.#isOver(rule))) return;
    // A page that hides its launcher wants nothing to stand beside it.
    if (!button.getClientRects().length) return;
    const { signal } = this.#page;
    if (document.hidden) return document.addEventListener("visibilitychange", () => this.#show(rule), { signal, once: true });
    this.#page.abort();
    this.#seen.add(rule.id);
    this.#draw(rule);
    if (!opener) return;
    core.opener = undefined;
    core.tell({ type: "shown", id: opener.id });
  }

  /** What an agent says to this visitor takes the place of what the site says to all. */
  #say(): void {
    const { opener } = this.#core;
    if (!opener || this.#shown?.rule.id === opener.id) return;
    if (this.#shown && !this.#core.open) this.#hide();
    this.#show({ ...NOBODYS, id: opener.id, text: opener.text, opener });
  }

  #draw(rule: Rule): void {
    const core = this.#core;
    const { button, config, shell } = this.#widget;
    const card = document.createElement("aside");
    const { style } = card;
    card.ariaLabel = config.name;
    const root = card.attachShadow({ mode: "open" });
    addStyle(root)(STYLE);
    const add = <K extends keyof HTMLElementTagNameMap>(name: K) => root.appendChild(document.createElement(name));
    const said = rule.opener;
    const words: Record<string, unknown> = { ...this.#told.words, ...said?.words, ...(core.wishes.strings as object) };
    const name = add("b");
    name.dir = "auto";
    name.textContent = said ? said.name : config.name;
    const text = add("p");
    text.id = "t";
    text.dir = "auto";
    text.role = "status";
    const reply = add("button");
    reply.textContent = String(words["reply"]);
    reply.setAttribute("aria-describedby", "t");
    reply.onclick = () => this.#open(rule);
    const close = add("button");
    close.ariaLabel = String(words["file_close"]);
    close.onclick = () => this.#putAway();

    const { accent, ink, scheme, panel } = config as Config & Look;
    const wished = core.wishes.scheme ?? scheme;
    style.colorScheme = wished === "light" || wished === "dark" ? wished : "light dark";
    style.borderRadius = `${parseFloat(panel["--radius-composer"] ?? "1") * 16}px`;
    style.setProperty("--b", accent);
    style.setProperty("--i", ink);
    style.setProperty("--f", config.font === "page" ? getComputedStyle(document.body).fontFamily : panel["--font"] ?? "system-ui");
    const place = () => {
      const { left, right, top } = button.getBoundingClientRect();
      const width = document.documentElement.clientWidth;
      const isLeft = left + right < width;
      const bottom = innerHeight - top + GAP;
      style.left = isLeft ? `${left}px` : "auto";
      style.right = isLeft ? "auto" : `${width - right}px`;
      style.bottom = `${bottom}px`;
      style.maxHeight = `${innerHeight - bottom - GAP}px`;
    };
    place();
    addEventListener("resize", place);
    // Before the launcher for the keyboard as for the eye.
    shell.shadowRoot!.insertBefore(card, button);
    // A screen reader says what comes into a region that it knows.
    const timer = setTimeout(() => (text.textContent = rule.text), 100);
    const end = () => {
      clearTimeout(timer);
      removeEventListener("resize", place);
      card.remove();
    };
    this.#shown = { card, rule, end };
  }

  #hide(): void {
    this.#shown?.end();
    this.#shown = undefined;
  }

  #putAway(): void {
    if (!this.#shown) return;
    const { card, rule } = this.#shown;
    const hasFocus = this.#widget.shell.shadowRoot!.activeElement === card;
    this.#remember(rule);
    this.#hide();
    if (hasFocus) this.#widget.button.focus();
  }

  /** Opens the panel in a new conversation, above which the message stands as the site's own words. */
  #open(rule: Rule): void {
    const { area, line } = this.#core;
    const widget = this.#widget;
    widget.config.greeting = rule.text;
    this.#answered = rule;
    // Who has none begins one anyway.
    widget.wish = read(area, widget.key) && "new";
    line?.renew(widget.wish);
    widget.setOpen(true, true);
  }

  /** Tells the team what the conversation that begins now answers. */
  #tellAnswered(session: News, { id, opener }: Rule): void {
    const { host, site } = this.#core;
    this.#answered = undefined;
    const token = textOf(session["known"] as object | null, "token") || textOf(session, "token");
    const shown = opener ? { opener: { visit: opener.visit, id } } : { proactive: id };
    request("POST", `${host}/api/sites/${site}/opening`, JSON.stringify({ token, shown }), () => {});
  }
}

/** How much of the page is above the lower edge of the window, in percent. */
function depth(): number {
  return ((scrollY + innerHeight + 1) / document.documentElement.scrollHeight) * 100;
}

/** An address as people write it. */
function decoded(text: string): string {
  try {
    return decodeURI(text);
  } catch {
    return text;
  }
}

/** Whether a path is what a pattern says, in which `*` stands for any text. */
function fits(pattern: string, path: string): boolean {
  const [first, ...rest] = pattern.split("*");
  const last = rest.pop();
  if (last === undefined) return path === pattern;
  if (!path.startsWith(first!)) return false;
  let end = first!.length;
  for (const part of rest) {
    const found = path.indexOf(part, end);
    if (found < 0) return false;
    end = found + part.length;
  }
  return path.length - last.length >= end && path.endsWith(last);
}
