/**
 * What of the menu is seldom there: what the widget stores on the visitor's device, entry by entry, below it, and in it the way to
 * have the conversation mailed. A file of its own, which only those load who ask, or whose address is proven. It has the storage
 * manifest from the build, in English as `/storage.json` is.
 */

/** An entry of the manifest (`crates/protocol/src/storage_manifest.rs`). */
interface Item {
  readonly key: string;
  readonly category: string;
  readonly purpose: string;
  readonly life: string;
}

/** What `boot.js` knows. */
interface Told {
  /** `/api/visitor/conversations/ID/files`. */
  readonly files: string;
  readonly token: string;
  readonly reception: { readonly mail_to?: string | null };
}

type Words = Readonly<Record<string, string>>;

/** The build puts it in. */
declare const STORED: { readonly items: readonly Item[] };

const STYLE = `
.stored { flex-basis: 100%; max-block-size: 40vh; margin: 0; overflow-y: auto; font-size: var(--text-sm); text-align: start; }
.stored dt { font-weight: var(--weight-bold); overflow-wrap: anywhere; }
.stored dd { margin: 0 0 var(--space-3); }`;

let list: HTMLElement | undefined;

/** Shows it, or hides it again. */
export default function show(): void {
  if (list?.isConnected) return list.remove();
  list ??= draw();
  document.getElementById("menu")?.append(list);
  list.focus();
}

function draw(): HTMLElement {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  const list = document.createElement("dl");
  list.className = "stored";
  list.lang = "en";
  list.dir = "ltr";
  // What scrolls is reached by keyboard.
  list.tabIndex = 0;
  for (const { key, category, purpose, life } of STORED.items) {
    add(list, "dt", key);
    add(list, "dd", `${purpose} ${life} (${category})`);
  }
  return list;
}

function add(list: HTMLElement, name: "dt" | "dd", text: string): void {
  list.appendChild(document.createElement(name)).textContent = text;
}

/** What is known of the conversation, and the words to speak of it. */
let told: Told;
let said: () => readonly [words: Words, ...rest: unknown[]];
let offer: HTMLButtonElement | undefined;
let status: HTMLElement;
let isUnderway = false;

/** Offers the visitor to have the conversation mailed to the address that is proven to be theirs, beside the file of it. */
export function mail(news: Told, words: typeof said): void {
  told = news;
  said = words;
  if (offer) return write();
  offer = document.createElement("button");
  offer.className = "link";
  offer.onclick = send;
  status = document.createElement("span");
  status.setAttribute("role", "status");
  // The chat draws the menu when it is first opened, and shows what can be done.
  new MutationObserver(write).observe(document.getElementById("menu")!, { subtree: true, childList: true, attributeFilter: ["hidden"] });
  write();
}

function write(): void {
  const menu = document.getElementById("menu")!;
  const save = menu.querySelector<HTMLElement>(".save");
  if (!offer || !save) return;
  if (!offer.isConnected) {
    save.after(offer);
    menu.prepend(status);
  }
  const email = told.reception?.mail_to;
  const isHidden = save.hidden || !email;
  if (offer.hidden !== isHidden) offer.hidden = isHidden;
  say(offer, said()[0]["mail_transcript"]!.replace("{email}", () => `\u2068${email}\u2069`));
  if (menu.hidden) say(status, "");
}

async function send(): Promise<void> {
  if (isUnderway) return;
  isUnderway = true;
  say(status, said()[0]["sending"]!);
  // `/widget/KEY/frame`.
  const place = `/api/sites/${location.pathname.split("/")[2]}/conversations/${told.files.split("/")[4]}`;
  const address = `${place}/transcript?lang=${document.documentElement.lang}`;
  const headers = { Authorization: `Bearer ${told.token}` };
  const answer = await fetch(address, { method: "POST", headers }).catch(() => undefined);
  isUnderway = false;
  say(status, said()[0][answer?.ok ? "sent" : "failed_otherwise"]!);
}

/** Writes nothing anew that says the same: what changes in the menu is looked at. */
function say(place: HTMLElement, text: string): void {
  if (place.textContent !== text) place.textContent = text;
}
