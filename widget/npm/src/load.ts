/** The script, and an object that can be used before it is there. */

import { METHODS, NOBODY, NOTHING, VALUES } from "./names.js";
import type { BootOptions, Chat, Command, Message, PorchlightGlobal, Unsubscribe } from "./types.js";

export interface LoadOptions extends BootOptions {
  /** Where Porchlight is reached, as in `https://chat.example.com`. */
  host: string;
  /** Where the script is, if not at `/widget.js` there. */
  scriptUrl?: string;
  /** What the script's bytes must be (Subresource Integrity), with a `scriptUrl` that never shows others. */
  integrity?: string;
  /** For the script tag, where the page's policy asks for one. */
  nonce?: string;
}

type AnyMethod = (...values: unknown[]) => unknown;
type Waiting = readonly [method: Command, values: unknown[], resolve: (value: unknown) => void, reject: (error: unknown) => void];

const hasPage = typeof window !== "undefined" && typeof document !== "undefined";

/** Calls that were made before there was a script. */
let waiting: Waiting[] = [];
/** The latest options, until consent lets the script come. */
let held: LoadOptions | undefined;
/** The script that `load` has brought. */
let script: Promise<PorchlightGlobal> | undefined;

/** The global, once its script has run. */
function real(): PorchlightGlobal | undefined {
  const found = hasPage ? window.Porchlight : undefined;
  return typeof found?.boot === "function" ? found : undefined;
}

/** Hands over what waits, in its order. */
function handOver(global: PorchlightGlobal): void {
  for (const [method, values, resolve, reject] of waiting.splice(0)) {
    try {
      resolve((global[method] as AnyMethod)(...values));
    } catch (error) {
      reject(error);
    }
  }
}

/** What a method answers on a server. */
function answerOfServer(method: Command): unknown {
  switch (METHODS[method]) {
    case "nothing":
      return undefined;
    case "value":
      return (VALUES as Record<string, AnyMethod>)[method]!();
    case "listener":
      return () => {};
    case "later":
      return Promise.resolve(method === "identify" || method === "whoami" ? NOBODY : method === "sendMessage" ? UNSENT : undefined);
  }
}

/** What a message is where there is nobody to send it. */
const UNSENT: Message = Object.freeze({ id: "", from: "visitor", author: null, text: "", createdAt: "" });

function call(method: Command, values: unknown[]): unknown {
  if (!hasPage) return answerOfServer(method);
  const global = real();
  // Of what `load` brings it hands over itself, after `boot`.
  if (global && !script) handOver(global);
  // The next `load` begins with another script.
  if (method === "destroy") script = undefined;
  if (global && !waiting.length) return (global[method] as AnyMethod)(...values);
  if (method === "setConsent" && held && values[0]) {
    const options = held;
    held = undefined;
    insert({ ...options, consent: true }).catch((error: unknown) => {
      for (const [, , , reject] of waiting.splice(0)) reject(error);
    });
    return undefined;
  }
  watch();
  const kind = METHODS[method];
  if (kind === "value") return global ? (global[method] as AnyMethod)() : answerOfServer(method);
  if (kind === "listener") {
    let end: Unsubscribe | undefined;
    let isOver = false;
    waiting.push([
      method,
      values,
      (value) => {
        end = value as Unsubscribe;
        if (isOver) end();
      },
      () => {},
    ]);
    return () => {
      isOver = true;
      end?.();
    };
  }
  const answer = new Promise((resolve, reject) => waiting.push([method, values, resolve, reject]));
  if (kind === "later") return answer;
  // Whoever calls it does not wait for it.
  answer.catch(() => {});
  return undefined;
}

let isWatching = false;

/** The script may come by a tag of the page's own. */
function watch(): void {
  if (isWatching) return;
  isWatching = true;
  const look = () => {
    const global = script ? undefined : real();
    if (global) handOver(global);
  };
  // Of elements that load, the event is seen on its way down only.
  document.addEventListener("load", look, true);
}

const methods = Object.fromEntries(
  (Object.keys(METHODS) as Command[]).map((method) => [method, (...values: unknown[]) => call(method, values)]),
) as unknown as Omit<Chat, "version" | "state">;

/** The chat: what is called before the script is there waits for it, in order. On a server nothing happens. */
export const chat: Chat = Object.defineProperties(methods, {
  version: { enumerable: true, get: () => real()?.version ?? "" },
  state: { enumerable: true, get: () => readState() },
}) as Chat;

function readState(): Chat["state"] {
  const state = real()?.state as Chat["state"] | undefined;
  // Before the API's file is there the global knows only these.
  return typeof state?.status === "string"
    ? state
    : { ...NOTHING, open: real()?.isOpen() ?? false, unread: real()?.unread() ?? 0 };
}

/** Loads the script once and begins; comes with the chat once the launcher is there. On a server it comes at once. */
export async function load(options: LoadOptions): Promise<Chat> {
  if (!hasPage) return chat;
  if (options.consent === false && !real()) {
    held = options;
    const answer = new Promise((resolve, reject) => waiting.push(["ready", [], resolve, reject]));
    await answer;
    return chat;
  }
  await insert(options);
  return chat;
}

async function insert({ host, scriptUrl, integrity, nonce, ...options }: LoadOptions): Promise<void> {
  const global = await (script ??= loaded(scriptUrl ?? `${new URL(host).origin}/widget.js`, nonce, integrity));
  const booted = global.boot(options);
  handOver(global);
  await booted;
}

function loaded(address: string, nonce: string | undefined, integrity: string | undefined): Promise<PorchlightGlobal> {
  return new Promise((resolve, reject) => {
    const there = real();
    if (there) return resolve(there);
    const tag = document.createElement("script");
    tag.async = true;
    if (nonce) tag.nonce = nonce;
    if (integrity) {
      tag.integrity = integrity;
      tag.crossOrigin = "anonymous";
    }
    tag.addEventListener("load", () => {
      const global = real();
      if (global) resolve(global);
    });
    tag.addEventListener("error", () => {
      script = undefined;
      tag.remove();
      reject(Object.assign(new Error(`Porchlight: unavailable: ${address}`), { name: "ChatError", code: "unavailable", retryable: true }));
    });
    tag.src = address;
    document.head.append(tag);
  });
}
