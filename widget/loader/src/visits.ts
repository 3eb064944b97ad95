/**
 * Tells our server that the visitor is on the page, so that the site's team sees who is there: of a file of its own that only
 * pages of sites that want it load, and those only once the visitor has agreed or has opened the chat.
 *
 * Who asks not to be followed is seen with the page on which they opened the chat, and with nothing else. Nothing is stored
 * unless the visitor has agreed (SPEC VN1 to VN7, PV5).
 */

import type { Core, News, Opener, Widget } from "./core";
import { request, textOf } from "./http";
import { isPrivate, onNavigation } from "./page";
import { keep, read } from "./storage";

/** What stands in our key; the build puts it in. */
declare const VISIT_SUFFIX: string;

/** Milliseconds between two times that it is told. */
const BEAT = 45_000;
/** Milliseconds of silence after which somebody who comes back is on another visit. */
const PAUSE = 1_800_000;

/** Begins to tell, once for each widget. */
export default function begin(core: Core, widget: Widget): void {
  if (core.visited === widget || core.widget !== widget) return;
  core.visited = widget;
  new Visit(core, widget);
}

class Visit {
  readonly #core: Core;
  readonly #widget: Widget;
  readonly #life = new AbortController();
  readonly #timer: number;
  /** Whether the visitor asks not to be followed. */
  readonly #private = isPrivate();
  /** Whether the visitor has agreed that it is stored which visit this is. */
  readonly #kept: boolean;
  readonly #id: string;
  readonly #count: number;
  readonly #began: number;
  readonly #source: string;
  readonly #campaign: string;
  #url: string;
  #pass: string;
  #told = 0;
  #shown: string | undefined;

  constructor(core: Core, widget: Widget) {
    this.#core = core;
    this.#widget = widget;
    this.#pass = widget.config.visits!;
    this.#kept = core.wishes.consent === true && core.area !== "none" && !this.#private;
    const now = Date.now();
    const [id, ...numbers] = this.#kept ? read(core.area, widget.key + VISIT_SUFFIX).split(".") : [];
    const [count = 0, began = 0, last = 0] = numbers.map((number) => parseInt(number, 36));
    const goesOn = now - last < PAUSE;
    this.#id = (goesOn && id) || drawn();
    this.#began = goesOn ? began : now;
    this.#count = goesOn ? count : count + 1;
    const query = new URLSearchParams(location.search);
    this.#source = query.get("utm_source") || hostBefore();
    this.#campaign = query.get("utm_campaign") || "";
    this.#url = here();

    const { signal } = this.#life;
    const listen = (target: EventTarget | undefined, type: string, listener: () => void) =>
      target?.addEventListener(type, listener, { signal });
    core.hear.push(this.#hear);
    // Whoever asks not to be followed has been seen on one page, and stays there.
    onNavigation(listen, () => {
      if (here() === this.#url) return;
      this.#url = here();
      this.#tell();
    });
    listen(document, "visibilitychange", () => Date.now() - this.#told > BEAT && this.#tell());
    listen(window, "pageshow", () => Date.now() - this.#told > 1_000 && this.#tell());
    listen(window, "pagehide", () => navigator.sendBeacon(this.#address, this.#body(true)));
    this.#timer = setInterval(() => this.#tell(), BEAT);
    this.#tell();
  }

  readonly #hear = (news: News) => {
    const core = this.#core;
    if (core.widget !== this.#widget) {
      this.#life.abort();
      clearInterval(this.#timer);
      core.hear = core.hear.filter((hear) => hear !== this.#hear);
    } else if (news.type === "shown") {
      this.#shown = news["id"] as string;
      this.#tell();
    } else if (news.type === "granted" && core.session) {
      this.#tell();
    }
  };

  get #address(): string {
    const { host, site } = this.#core;
    return `${host}/api/sites/${site}/visits?lang=${this.#widget.config.language}`;
  }

  #body(isLeaving: boolean): string {
    const { session } = this.#core;
    const token = session && (textOf(session["known"] as object | null, "token") || textOf(session, "token"));
    return JSON.stringify({
      pass: this.#pass,
      visit: this.#id,
      seconds: Math.max(0, Math.round((Date.now() - this.#began) / 1_000)),
      url: this.#url,
      title: this.#core.title ?? document.title,
      source: this.#source,
      campaign: this.#campaign,
      visits: this.#kept ? this.#count : null,
      chat: token || null,
      is_private: this.#private,
      is_leaving: isLeaving,
      shown: this.#shown ?? null,
    });
  }

  /** Tells that the visitor is there, unless nobody looks at the page. */
  #tell(): void {
    if (document.hidden) return;
    const core = this.#core;
    const now = (this.#told = Date.now());
    if (this.#kept) {
      const numbers = [this.#count, this.#began, now].map((number) => number.toString(36));
      keep(core.area, this.#widget.key + VISIT_SUFFIX, [this.#id, ...numbers].join("."));
    }
    request("POST", this.#address, this.#body(false), (answer, code) => {
      if (core.widget !== this.#widget) return;
      if (code === "unauthenticated") return this.#renew();
      const opener = (answer as { opener?: Opener } | null)?.opener;
      if (opener && opener.id !== this.#shown) this.#bring(opener);
    });
  }

  /** The pass is over, or the site does not want to know any more. */
  #renew(): void {
    this.#core.ask((config) => (this.#pass = textOf(config, "visits") || this.#pass));
  }

  /** Has something of the team shown, by the file that shows what a site says by itself. */
  #bring(opener: Opener): void {
    this.#core.opener = { ...opener, visit: this.#id };
    this.#core.tell({ type: "opener" });
  }
}

/** The page without what stands behind `?` and `#`. */
function here(): string {
  return location.origin + location.pathname;
}

/** The host of the page before, unless it is this one. */
function hostBefore(): string {
  try {
    const { host } = new URL(document.referrer);
    return host === location.host ? "" : host;
  } catch {
    return "";
  }
}

/** A number that nobody else draws. */
function drawn(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
