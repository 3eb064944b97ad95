/**
 * The script tag: draws the launcher on somebody else's page and opens the chat's frame on the first intent.
 *
 * The page may be hostile or merely odd, so this code shares nothing with it but the global `Porchlight`: nothing
 * stored before the visitor acts, no `fetch`, no `JSON`, no `innerHTML`, no inline style, and no options object that a
 * polluted `Object.prototype` could reach. The page's own script can always read what this code can; what it cannot
 * reach is the chat itself, which lives in a frame without an origin.
 *
 * What the page calls waits for the file of the API, which is loaded with the first call.
 */

import type { BootOptions } from "../../npm/src/types";
import type { Call, Chat, Config, Core } from "./core";
import type { WHOLE as Files } from "./pinned";
import { request } from "./http";
import { drawWidget } from "./widget";

/** Where the file of the API is; the build puts it in. */
declare const API: string;
/** All files, in the script of pages that state its hash; nothing in the other. */
declare const WHOLE: typeof Files | undefined;

/** What a page has put there before: calls wait in the `q` of its stub. */
type Stub = { q?: Iterable<unknown>[]; boot?: unknown };
type Page = { Porchlight?: Stub; PorchlightSettings?: { consent?: boolean } };

/** What a tag says that only the API understands. */
const SPECIAL = /user|load|consent|mode|launcher|position|offset|zI|hide|open|storage|sound|title|favicon|preview/;

const page = window as unknown as Page;
const stub = page.Porchlight;
// Two inclusions by mistake are one widget.
if (!stub?.boot) {
  // A module has no current script.
  const tag = (document.currentScript ?? document.querySelector("script[src$='/widget.js']")) as HTMLScriptElement;
  const { site, consent } = tag.dataset;
  const settings = page.PorchlightSettings;
  const calls: Call[] = [];
  let loading: Promise<unknown> | undefined;
  let denied = consent == "denied" || settings?.consent == false;

  const chat = ((...call) => {
    const [method, value] = call;
    const said = method == "setConsent" ? !!value : (value as BootOptions | undefined)?.consent;
    if (said != null) denied = !said;
    const answer = new Promise((...settle) => calls.push([call, ...settle]));
    if (!denied) core.api();
    // Whoever listens can stop listening without waiting.
    return /^on/.test(method as string) ? () => chat("off", ...call.slice(1)) : answer;
  }) as Chat;

  const core: Core = {
    __proto__: null,
    chat,
    calls,
    tag,
    host: new URL(tag.src).origin,
    area: "localStorage",
    open: false,
    unread: 0,
    wishes: tag.dataset,
    hear: [],
    tell: (news) => core.hear.forEach((hear) => hear(news)),
    ask: (done) => {
      const { locale, accent } = core.wishes;
      request(
        "GET",
        `${core.host}/api/sites/${core.site}/config?lang=${locale || document.documentElement.lang}` +
          (accent ? "&accent=" + accent.slice(1) : ""),
        null,
        done,
      );
    },
    start: (site) => {
      core.site = site;
      core.ask((config, code) => {
        if (config && core.site == site) drawWidget(core, config as Config);
        else console.warn("Porchlight: " + (core.code = code || "unavailable"));
        core.tell({ type: "drawn" });
      });
    },
    // By `import`, which takes the tag's nonce along and which Trusted Types let pass; browsers remember a failure under
    // its whole address. On a page that is older than the server the hash in the name may be gone.
    file: WHOLE
      ? (name) => Promise.resolve(WHOLE![name as keyof typeof Files] as Awaited<ReturnType<Core["file"]>>)
      : (path) => {
          const load = (path: string) => import(`${core.host + path}#${Math.random()}`);
          return load(path).catch(() => load(path.replace(/-\w+/, "")));
        },
    api: () =>
      (loading ??= core.file(API).then(
        (file) => file.default(core),
        (error) => {
          loading = undefined;
          // Calls wait for it.
          setTimeout(core.api, 9_000);
          throw error;
        },
      )),
  } as Core & { __proto__: null };

  chat["then"] = undefined;
  chat["isOpen"] = () => core.open;
  chat["unread"] = () => core.unread;
  page.Porchlight = new Proxy(chat as Chat & Stub, {
    __proto__: null,
    get: (chat, name: string) => (name in chat ? chat[name] : (...values: unknown[]) => chat(name, ...values)),
  } as ProxyHandler<Chat & Stub>);

  if (settings || SPECIAL.test(Object.keys(tag.dataset) + "")) chat("", settings);
  else if (site) core.start(site);
  stub?.q?.forEach((call) => chat(...call));
}
