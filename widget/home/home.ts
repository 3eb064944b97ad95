/**
 * The visitor's home: the conversations that they had, by whom and how soon they are answered, and the way to a new one. A file
 * of its own, which only those load who have had more than one conversation, or whose only one is over.
 *
 * A frame is one conversation's: to go to another one it is loaded anew, so that nothing of one is ever in the other's.
 */

/** Somebody of the team. */
interface Agent {
  readonly id: string;
  readonly name: string;
}

/** One of the visitor's conversations, as the server tells it (`crates/protocol/src/home.rs`). */
interface Past {
  readonly id: string;
  readonly active_at: number;
  readonly agent: Agent | null;
  readonly mine: boolean;
  readonly text: string;
  readonly is_over: boolean;
  readonly unread: number;
}

interface Home {
  readonly conversations: readonly Past[];
  readonly team: readonly Agent[];
  readonly reply: "minutes" | "hour" | "hours" | "day" | null;
  readonly words: Words;
}

type Words = Readonly<Record<string, string>>;

/** What `boot.js` knows. */
interface Told {
  readonly port: MessagePort;
  /** `/api/visitor/conversations/ID/files`, of the conversation in the frame. */
  readonly files: string;
  readonly token: string;
  /** Whether that conversation is over. */
  readonly over?: number;
}

/** All words but those of the home, what the page says in place of some, and the site's first words. */
type Said = () => readonly [words: Words, replaced: Words, greeting: string];

declare const porchlightWords: { number(value: number): string; when(at: number, days: number): string };

const DAY_MS = 86_400_000;
/** Milliseconds between looks at the list while it is in sight, and after which one that failed is repeated. */
const LOOK_MS = 20_000;
const RETRY_MS = 9_000;

const BACK =
  "M14.7 5.3a1.2 1.2 0 0 1 0 1.7l-5 5 5 5a1.2 1.2 0 0 1-1.7 1.7l-5.8-5.9a1.2 1.2 0 0 1 0-1.6L13 5.3a1.2 1.2 0 0 1 1.7 0z";

const STYLE = `
:root:not([data-preview]) .at-home > :not(.header, .banner, #home, .hidden), [data-preview] :is(#home, .again, .back),
.at-home .header [aria-expanded] { display: none; }
.back { position: relative; margin-inline-start: -0.375rem; }
.back:not([hidden]) + .lamp { display: none; }
.back:dir(rtl) svg { scale: -1 1; }
.back b, .past b { min-width: 1.25rem; padding: 0 0.3125rem; border-radius: var(--radius-full); background: var(--danger); color: var(--surface);
  font-size: 0.75rem; line-height: 1.25rem; text-align: center; }
.back b { position: absolute; inset-block-start: -0.25rem; inset-inline-end: -0.25rem; }
b:empty { display: none; }
#home { flex: 1; min-height: 0; overflow-y: auto; padding: var(--space-4); overflow-wrap: anywhere; }
#home h2 { font-size: var(--text-lg); font-weight: var(--weight-bold); outline: 0; white-space: pre-line; }
#home h3 { margin: var(--space-6) 0 var(--space-2); color: var(--text-muted); font-size: var(--text-sm); font-weight: var(--weight-bold); }
.team { display: flex; align-items: center; gap: var(--space-3); margin-block-start: var(--space-3); color: var(--text-muted); font-size: var(--text-sm); }
.team p { flex: 1; }
.faces { display: flex; }
.faces .face { border: 2px solid var(--surface); inline-size: 2.5em; block-size: 2.5em; box-sizing: content-box; }
.faces .face + .face { margin-inline-start: -0.375rem; }
.faces:empty, .team:not(:has(.face)):has(p:empty), #home .fault:empty { display: none; }
#home ul { margin: 0 calc(var(--space-2) * -1); padding: 0; list-style: none; }
#home li + li { border-block-start: 1px solid var(--line); }
.past { display: grid; grid-template-columns: auto minmax(0, 1fr) auto; align-items: center; column-gap: var(--space-3); width: 100%;
  min-height: 3.75rem; padding: var(--space-2); border-radius: var(--radius-md); text-align: start; }
.past:hover { background: var(--surface-sunken); }
.past .face { grid-row: span 2; inline-size: 2.5em; block-size: 2.5em; }
.past .who, .past .text { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; unicode-bidi: plaintext; text-align: left; }
.past:dir(rtl) :is(.who, .text) { text-align: right; }
.past .when { text-align: end; }
.past .who { font-weight: var(--weight-bold); }
.past .when, .past .text, .past .over { color: var(--text-muted); font-size: var(--text-sm); }
.past .end { display: flex; gap: var(--space-1); justify-content: flex-end; font-size: var(--text-sm); }
.past.unread .text { color: var(--text); font-weight: var(--weight-bold); }
#home .fault { margin-block: var(--space-2); color: var(--danger); font-size: var(--text-sm); }
.again { flex: none; padding: var(--space-3) var(--space-3) var(--space-2); }
.new { width: 100%; min-height: 2.75rem; border-radius: var(--radius-md); background: var(--accent); color: var(--on-accent);
  font-weight: var(--weight-bold); }
#home .new { margin-block-start: var(--space-4); }
.new:hover { background: var(--accent-hover); }
.again .new { border: 1px solid var(--line-strong); background: none; color: var(--accent-text); }
.again .new:hover { background: var(--surface-sunken); }
@media (forced-colors: active) { .new, .back b, .past b { border: 1px solid ButtonText; } }`;

let told: Told;
let said: Said;
let view: View | undefined;

/** Says everything in another language. */
export function speak(): void {
  void view?.look();
}

/** Takes what there is to know of the conversation in the frame; the first time it builds the home. */
export default function tell(news: Told, words: Said): void {
  told = news;
  said = words;
  view ??= new View();
  view.write();
}

class View {
  #home: Home | undefined;
  #hasFailed = false;
  #isShown = false;
  #retry: number | undefined;
  /** Of the language that was asked for last. */
  #asked = 0;
  readonly #panel = document.getElementById("panel")!;
  readonly #back: HTMLButtonElement;
  readonly #badge: HTMLElement;
  readonly #section: HTMLElement;
  readonly #greeting: HTMLElement;
  readonly #faces: HTMLElement;
  readonly #reply: HTMLElement;
  readonly #title: HTMLElement;
  readonly #list: HTMLElement;
  readonly #fault: HTMLElement;
  readonly #begin: HTMLButtonElement;
  readonly #again: HTMLElement;

  constructor() {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    const header = this.#panel.querySelector(".header")!;

    this.#back = make("button", "round back", { hidden: true, onclick: () => this.show(true) });
    this.#back.append(drawing(BACK));
    this.#badge = add(this.#back, "b", "");
    this.#badge.setAttribute("aria-hidden", "true");
    header.prepend(this.#back);

    this.#section = make("section", "", { id: "home", hidden: true });
    this.#section.setAttribute("aria-labelledby", "home-title");
    this.#greeting = add(this.#section, "h2", "", { tabIndex: -1, dir: "auto" });
    const team = add(this.#section, "div", "team");
    this.#faces = add(team, "div", "faces");
    this.#faces.setAttribute("aria-hidden", "true");
    this.#reply = add(team, "p", "");
    this.#title = add(this.#section, "h3", "", { id: "home-title" });
    this.#list = add(this.#section, "ul", "");
    this.#fault = add(this.#section, "p", "fault");
    this.#fault.setAttribute("role", "status");
    this.#begin = add(this.#section, "button", "new", { onclick: () => this.#goTo("new") });
    header.after(this.#section);

    this.#again = make("div", "again", { hidden: true });
    add(this.#again, "button", "new", { onclick: () => this.#goTo("new") });
    this.#panel.querySelector(".composer")!.before(this.#again);

    told.port.addEventListener("message", ({ data }) => {
      // The panel was closed, not left for the home.
      if (data.type === "open" && !data.open && !data.home && this.#isShown) this.#leave();
      if (data.type === "open" && data.open && !data.home) void this.look();
      if (data.type === "online" && this.#hasFailed) void this.look();
    });
    // A message that comes while the home is in sight is not seen, and no reason to show it in place of the panel.
    const root = document.documentElement;
    new MutationObserver(() => this.#isShown && root.removeAttribute("data-preview")).observe(root, {
      attributeFilter: ["data-preview"],
    });
    setInterval(() => this.#isShown && document.visibilityState === "visible" && this.look(), LOOK_MS);
    this.#arrive();
    void this.look();
  }

  /** Asks for the list, and shows what comes. */
  async look(): Promise<void> {
    clearTimeout(this.#retry);
    const asked = ++this.#asked;
    const headers = { Authorization: `Bearer ${told.token}` };
    const address = `/api/visitor/conversations?lang=${document.documentElement.lang}`;
    const answer = await fetch(address, { headers }).catch(() => undefined);
    const home = answer?.ok ? ((await answer.json().catch(() => undefined)) as Home | undefined) : undefined;
    if (asked !== this.#asked) return;
    this.#hasFailed = !home;
    this.#home = home ?? this.#home;
    if (!home) this.#retry = setTimeout(() => this.look(), RETRY_MS);
    this.write();
  }

  /** Writes everything anew. */
  write(): void {
    const home = this.#home;
    if (!home) return;
    const [words, own, greeting] = said();
    const word = (name: string) => own[name] || (home.words[name] ?? words[name] ?? "");
    const count = (unread: number) => word("home_unread").replace("{count}", porchlightWords.number(unread));
    const here = conversationHere();
    const others = home.conversations.filter(({ id }) => id !== here);
    const unread = others.reduce((sum, { unread }) => sum + unread, 0);
    told.port.postMessage({ type: "others", count: unread });

    this.#back.hidden = this.#isShown;
    this.#back.setAttribute("aria-label", word("home_back"));
    this.#back.setAttribute("aria-description", unread ? count(unread) : "");
    this.#badge.textContent = unread ? porchlightWords.number(unread) : "";
    this.#again.hidden = !told.over;
    this.#again.firstElementChild!.textContent = this.#begin.textContent = word("home_new");
    this.#greeting.textContent = greeting || word("default_greeting");
    this.#reply.textContent = home.reply ? word(`home_${home.reply}`) : "";
    this.#title.textContent = word("home_title");
    this.#fault.textContent = this.#hasFailed ? word("home_failed") : "";
    write(this.#faces, home.team.map((agent) => agent.id).join(), () => home.team.map((agent) => faceOf(agent, agent.name)));
    write(this.#list, JSON.stringify([home.conversations, here, own, home.words]), () =>
      home.conversations.map((past) => {
        const item = document.createElement("li");
        const button = add(item, "button", past.unread ? "past unread" : "past", { onclick: () => this.#goTo(past.id) });
        button.dataset["id"] = past.id;
        if (past.id === here) button.setAttribute("aria-current", "true");
        const name = past.agent?.name ?? word(past.mine ? "you" : "team");
        button.append(faceOf(past.agent, name));
        add(button, "span", "who", { textContent: name });
        add(button, "span", "when", { textContent: whenOf(past.active_at) });
        add(button, "span", "text", { textContent: past.text || word("deleted") });
        const end = add(button, "span", "end");
        if (past.is_over) add(end, "span", "over", { textContent: word("home_over") });
        const badge = add(end, "b", "", { textContent: past.unread ? porchlightWords.number(past.unread) : "" });
        badge.setAttribute("aria-hidden", "true");
        if (past.unread) add(button, "span", "hidden", { textContent: count(past.unread) });
        return item;
      }),
    );
  }

  /** Shows the home or the conversation. */
  show(isHome: boolean): void {
    this.#isShown = isHome;
    this.#section.hidden = !isHome;
    this.#panel.classList.toggle("at-home", isHome);
    this.write();
    // What comes meanwhile is not seen; coming back takes the keyboard to where one writes.
    toFrame({ type: "open", open: !isHome, focus: true, home: true });
    if (!isHome) return;
    this.#greeting.focus();
    void this.look();
  }

  /** The same as coming back, for a panel that nobody sees. */
  #leave(): void {
    this.#isShown = false;
    this.#section.hidden = true;
    this.#panel.classList.remove("at-home");
    this.write();
  }

  #goTo(id: string): void {
    const here = conversationHere();
    const isEmpty = !this.#home?.conversations.some((past) => past.id === here);
    if (id === here || (id === "new" && isEmpty)) return this.show(false);
    // What is typed stays in the frame, whose name outlives its document.
    const drafts: Record<string, string> = { ...draftsOf(window.name), [here]: fieldOf()?.value ?? "" };
    window.name = JSON.stringify({ drafts });
    told.port.postMessage({ type: "turn", to: id });
  }

  /** The visitor has come from another conversation: what they had typed here is there, and the keyboard. */
  #arrive(): void {
    const drafts = draftsOf(window.name);
    if (!drafts) return;
    const here = conversationHere();
    const draft = drafts[here];
    delete drafts[here];
    window.name = JSON.stringify({ drafts });
    if (draft && !fieldOf()?.value) toFrame({ type: "prefill", text: draft });
    const isTouch = matchMedia("(pointer:coarse)").matches;
    if (document.hasFocus()) (isTouch ? this.#panel : fieldOf())?.focus();
  }
}

/** Tells the chat something, as the loader does. */
function toFrame(data: object): void {
  told.port.dispatchEvent(new MessageEvent("message", { data }));
}

function conversationHere(): string {
  return told.files.split("/")[4]!;
}

function fieldOf(): HTMLTextAreaElement | null {
  return document.getElementById("field") as HTMLTextAreaElement | null;
}

function draftsOf(name: string): Record<string, string> | undefined {
  try {
    return { __proto__: null, ...JSON.parse(name).drafts };
  } catch {
    return undefined;
  }
}

/** When something was, as the visitor's region writes it. */
function whenOf(at: number): string {
  const day = (at: number) => Math.floor((at - new Date(at).getTimezoneOffset() * 60_000) / DAY_MS);
  return porchlightWords.when(at, day(Date.now()) - day(at));
}

/** A picture over two letters, as in the header; the name stands beside it. */
function faceOf(agent: Agent | null, name: string): HTMLElement {
  const face = make("i", "face", {});
  face.dataset["letters"] = name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => [...word][0] ?? "")
    .join("");
  face.setAttribute("aria-hidden", "true");
  // Without a picture the server answers with nothing.
  if (agent) add(face, "img", "", { src: `/faces/${agent.id}`, alt: "", loading: "lazy" });
  return face;
}

/** Puts other children into an element, unless they say the same; the keyboard stays where it was. */
function write(place: HTMLElement, says: string, children: () => HTMLElement[]): void {
  if (place.dataset["says"] === says) return;
  place.dataset["says"] = says;
  const at = place.contains(document.activeElement) ? (document.activeElement as HTMLElement).dataset["id"] : undefined;
  place.replaceChildren(...children());
  if (at) place.querySelector<HTMLElement>(`[data-id="${at}"]`)?.focus();
}

function drawing(shape: string): SVGElement {
  const space = "http://www.w3.org/2000/svg";
  const icon = document.createElementNS(space, "svg");
  for (const [name, value] of Object.entries({ class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true" })) icon.setAttribute(name, value);
  icon.append(document.createElementNS(space, "path"));
  icon.firstElementChild!.setAttribute("d", shape);
  return icon;
}

function make<K extends keyof HTMLElementTagNameMap>(
  name: K,
  className: string,
  properties: Partial<HTMLElementTagNameMap[K]>,
): HTMLElementTagNameMap[K] {
  return Object.assign(document.createElement(name), { className }, properties);
}

function add<K extends keyof HTMLElementTagNameMap>(
  parent: Node,
  name: K,
  className: string,
  properties: Partial<HTMLElementTagNameMap[K]> = {},
): HTMLElementTagNameMap[K] {
  return parent.appendChild(make(name, className, properties));
}
