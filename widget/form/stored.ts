/**
 * What of the menu is seldom asked for: what the widget stores on the visitor's device, entry by entry, below the menu, and the
 * conversation by mail. A file of its own, which only those load who ask. It has the storage manifest from the build, in English
 * as `/storage.json` is.
 */

/** An entry of the manifest (`crates/protocol/src/storage_manifest.rs`). */
interface Item {
  readonly key: string;
  readonly category: string;
  readonly purpose: string;
  readonly life: string;
}

/** The build puts it in. */
declare const STORED: { readonly items: readonly Item[] };

const STYLE = `
.stored { flex-basis: 100%; max-block-size: 40vh; margin: 0; overflow-y: auto; font-size: var(--text-sm); text-align: start; }
.stored dt { font-weight: var(--weight-bold); overflow-wrap: anywhere; }
.stored dd { margin: 0 0 var(--space-3); }`;

let list: HTMLElement | undefined;

/** Mails the conversation whose files are there, and says whether that was done. Without one, shows what is stored. */
export default async function (files?: string, token?: string): Promise<boolean | void> {
  if (!files) return show();
  // `/widget/KEY/frame`, and `/api/visitor/conversations/ID/files`.
  const place = `/api/sites/${location.pathname.split("/")[2]}/conversations/${files.split("/")[4]}`;
  const address = `${place}/transcript?lang=${document.documentElement.lang}`;
  const answer = await fetch(address, { method: "POST", headers: { Authorization: `Bearer ${token}` } }).catch(() => undefined);
  return !!answer?.ok;
}

/** Shows it, or hides it again. */
function show(): void {
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
