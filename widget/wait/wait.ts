/**
 * How long the visitor waits for a first answer, and whether anybody is there to give it: a file of its own, which only those
 * load who wait, or to whom nobody was there when they came. It asks while the panel is open and in sight, and at no other time.
 */

/** What the server tells (`crates/protocol/src/wait.rs`). */
interface Answer {
  readonly is_away: boolean;
  readonly before: number | null;
  readonly minutes: number | null;
  readonly words: {
    readonly wait_next: string;
    readonly wait_before: Readonly<Record<string, string>>;
    readonly wait_usual: string;
  };
}

/** What `boot.js` knows. */
interface Told {
  readonly port: MessagePort;
  readonly token: string;
  /** Whether the visitor waits, as far as the chat knows. */
  readonly waits?: number;
  /** Whether nobody was there when the session began. */
  readonly away?: boolean;
}

type Words = Readonly<Record<string, string>>;

/** All words but those of the wait, and what the page says in place of some. */
type Said = () => readonly [words: Words, replaced: Words, ...rest: unknown[]];

declare const porchlightWords: { number(value: number): string };

/** Milliseconds between questions of who waits, and of who only wants to know whether somebody is there again. */
const WAITING_MS = 20_000;
const AWAY_MS = 60_000;
/** The same so many times, when a message was just sent: the list of all conversations hears of it a moment later. */
const SOON_MS = 2_000;
const SOON = 3;
/** So many are counted; beyond that there are more. */
const COUNTED = 99;

const STYLE = `
.wait { display: flex; flex: none; flex-wrap: wrap; gap: 0 var(--space-3); justify-content: space-between; align-items: baseline;
  padding: var(--space-2) var(--space-4); border-block-start: 1px solid var(--line); color: var(--text-muted);
  font-size: var(--text-sm); }
.wait b { color: var(--text); font-weight: var(--weight-bold); }
.wait[hidden], [data-preview] .wait { display: none; }`;

let told: Told;
let said: Said;
let view: View | undefined;

/** Says everything in another language. */
export function speak(): void {
  void view?.look();
}

/** Takes what there is to know; the first time it begins to ask. */
export default function tell(news: Told, words: Said): void {
  told = news;
  said = words;
  view ??= new View();
  view.hear();
}

class View {
  #answer: Answer | undefined;
  #isAway = false;
  #isShown = true;
  /** What was told last. */
  #waits: number | undefined;
  #away: boolean | undefined;
  #soon = 0;
  #timer: number | undefined;
  #asked = 0;
  #announced = "";
  readonly #line = document.createElement("div");
  readonly #place = add(this.#line, "b");
  readonly #usual = add(this.#line, "span");
  readonly #live: HTMLElement;

  constructor() {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    this.#line.className = "wait";
    this.#line.hidden = true;
    const away = document.getElementById("away")!;
    away.before(this.#line);
    // What is in sight changes often. What is said aloud does not.
    this.#live = add(away.parentElement!, "p");
    this.#live.className = "hidden";
    this.#live.setAttribute("role", "status");

    told.port.addEventListener("message", ({ data }) => {
      if (data.type === "open") this.#isShown = data.open;
      if (data.type === "open" || data.type === "online") void this.look();
    });
    document.addEventListener("visibilitychange", () => this.look());
  }

  /** Looks at what was told. */
  hear(): void {
    const { waits, away } = told;
    const isNews = waits !== this.#waits || away !== this.#away;
    if (waits !== this.#waits) {
      this.#soon = SOON;
      // A new wait begins with a place, and one that is over has none.
      this.#answer = undefined;
      this.#announced = "";
    }
    if (away !== this.#away) this.#isAway = !!away;
    this.#waits = waits;
    this.#away = away;
    this.#write();
    if (isNews) void this.look();
  }

  /** Asks, if there is anybody to see it and anything to ask. */
  async look(): Promise<void> {
    clearTimeout(this.#timer);
    const asked = ++this.#asked;
    if (!this.#isShown || document.visibilityState !== "visible" || !(this.#waits || this.#isAway)) return;
    const address = `/api/visitor/wait?lang=${document.documentElement.lang}`;
    const answer = await fetch(address, { headers: { Authorization: `Bearer ${told.token}` } }).catch(() => undefined);
    const read = answer?.ok ? ((await answer.json().catch(() => undefined)) as Answer | undefined) : undefined;
    if (asked !== this.#asked) return;
    // What may be so no longer is not said.
    this.#answer = read;
    if (read) this.#isAway = read.is_away;
    this.#write();
    // What is refused for good is asked for again with the next session.
    if (answer && answer.status >= 401 && answer.status <= 404) return;
    const isEarly = this.#waits && read && !read.is_away && read.before === null && this.#soon-- > 0;
    this.#timer = setTimeout(() => this.look(), isEarly ? SOON_MS : this.#waits ? WAITING_MS : AWAY_MS);
  }

  #write(): void {
    // For the chat, which says who is there, and asks for an address where nobody is.
    dispatchEvent(new CustomEvent("away", { detail: this.#isAway }));
    const { before = null, minutes = null, words } = this.#answer ?? {};
    const isShown = !!(this.#waits && words && before !== null && !this.#isAway);
    this.#line.hidden = !isShown;
    if (!isShown) {
      this.#live.textContent = "";
      return;
    }
    const [, own] = said();
    const locale = document.documentElement.lang;
    const form = new Intl.PluralRules(locale).select(before);
    const text = own["wait_before"] || (words.wait_before[form] ?? words.wait_before["other"]!);
    const { number } = porchlightWords;
    const count = before > COUNTED ? `\u2068${number(COUNTED)}+\u2069` : number(before);
    const place = before ? text.replace("{count}", count) : own["wait_next"] || words.wait_next;
    const time = minutes && new Intl.NumberFormat(locale, { style: "unit", unit: "minute", unitDisplay: "long" }).format(minutes);
    const usual = time ? (own["wait_usual"] || words.wait_usual).replace("{time}", time) : "";
    this.#place.textContent = place;
    this.#usual.textContent = usual;
    // Aloud the first time, and when their turn is next.
    const stage = before ? "waits" : "next";
    if (this.#announced !== stage && this.#announced !== "next") {
      this.#announced = stage;
      this.#live.textContent = usual ? `${place}. ${usual}` : place;
    }
  }
}

function add<Tag extends keyof HTMLElementTagNameMap>(place: HTMLElement, tag: Tag): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  place.append(element);
  return element;
}
