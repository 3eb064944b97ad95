/**
 * The host page's API: what a page can call, listen to and set. This file is the one source of it: the loader's API
 * is compiled against it, and the package hands it out.
 */

import type { Strings } from "./strings.js";

export type { StringKey, Strings } from "./strings.js";

/** Where the launcher stands; `start` and `end` follow the direction of the page. */
export type Side = "start" | "end" | "left" | "right";

/** Light, dark, or as the visitor's system is. */
export type Scheme = "light" | "dark" | "auto";

/** When the widget begins: `interaction` is the first pointer, key or scroll; `manual` waits for `boot`. */
export type LoadWhen = "immediate" | "idle" | "interaction" | "manual";

/** A floating panel with a launcher, a part of the page, or the whole page. */
export type Mode = "frame" | "inline" | "page";

/** Where an anonymous visitor is remembered: in all tabs and later, in this tab, or on this page only. */
export type StorageArea = "persistent" | "session" | "none";

export type Unsubscribe = () => void;

export interface LauncherOptions {
  /** Whether our button is shown; `true` if left out. */
  show?: boolean;
  /** A CSS selector of elements of the page that open and close the chat, those that come later too. */
  selector?: string;
  /** The accessible name of our button while the chat is closed; "Open chat" in the visitor's language if left out. */
  label?: string;
  /** Where our button stands; as the site says if left out. */
  position?: Side;
  /** How far from the edges, in px; as the site says if left out. */
  offset?: { x?: number; y?: number };
  /** Whether our button is left out on screens of at most 480 px. */
  hideOnMobile?: boolean;
  /** Whether our button shows how many messages are unread; `true` if left out. */
  badge?: boolean;
}

/** What can be changed at any time. */
export interface UpdateOptions {
  /** The language (BCP 47); that of the page, else the browser's, if left out. */
  locale?: string;
  /** Words in place of ours: text of at most 300 characters. */
  strings?: Strings;
  /** Whether the panel is light or dark, or as the visitor's system is; as the site says if left out. */
  scheme?: Scheme;
  /** The colour of launcher and panel, `#rrggbb`; as the site says if left out. What stands on it is chosen so that it can be read. */
  accent?: string;
  launcher?: LauncherOptions;
  /** Whether the title of the page says how many messages are unread; `true` if left out. */
  title?: boolean;
  /** Whether the icon of the page has a dot while a message is unread; `true` if left out. */
  favicon?: boolean;
  /** Whether a message that comes unseen makes a sound; `true` if left out. */
  sound?: boolean;
  /** Whether a message that comes while the panel is closed is shown above the launcher; `true` if left out. */
  preview?: boolean;
  /** Who the visitor is; the same as `identify`. */
  user?: Identity | null;
  /** Sees every message of the visitor before it is sent; `null` takes the hook away. */
  beforeSend?: BeforeSend | null;
  /** Hears of every error, as `on("error")` does. */
  onError?: ((error: ChatError) => void) | null;
}

export interface BootOptions extends UpdateOptions {
  /** The key of the site, `pk_…`; that of the script tag if left out. */
  site?: string;
  load?: LoadWhen;
  mode?: Mode;
  /** For `inline`: the element that holds the chat, or its selector. */
  container?: string | Element;
  /** Whether the panel begins open. */
  open?: boolean;
  /** `false`: nothing is fetched or stored until `setConsent(true)`. */
  consent?: boolean;
  storage?: StorageArea;
}

/** Gets a message and returns what is sent in its place; `false` sends nothing, nothing returned sends it as it is. */
export type BeforeSend = (message: { readonly text: string }) => { text: string } | false | void;

/** What the page says of its visitor. Without a proof agents see it as claimed. */
export interface Profile {
  id?: string;
  name?: string;
  email?: string;
}

export type Proof =
  /** A token that the site's server has signed. */
  | { jwt: string }
  /** Asked for a token each time a session begins. */
  | { getJwt: () => string | Promise<string> }
  /** The plain hash; `id` is required with it. */
  | { userHash: string };

export type Identity = Profile & { proof?: Proof };

export interface Whoami {
  /** `unknown` before a session was asked for; `guest` where the site wants a proof and got none that is good. */
  status: "unknown" | "anonymous" | "guest" | "verified";
  conversationId: string | null;
  /** As the page said it. */
  profile: Profile;
}

export interface State {
  status: "idle" | "loading" | "ready" | "refused" | "shutdown";
  open: boolean;
  launcherVisible: boolean;
  unread: number;
  /** How it stands with the server; `none` before the chat was opened. */
  connection: "none" | "connecting" | "connected" | "reconnecting" | "refused";
  conversationId: string | null;
  /** How the chat writes, with the visitor's region (BCP 47); `null` before the launcher is there. */
  locale: string | null;
}

export interface Message {
  id: string;
  from: "visitor" | "agent" | "system";
  /** The agent's name. */
  author: string | null;
  /** What it says; of a file its name. */
  text: string;
  /** ISO 8601. */
  createdAt: string;
}

/** Codes of our server (docs/SPEC.md, "Codes") that can reach a page. */
export type ServerCode =
  | "bad_frame"
  | "too_large"
  | "unauthenticated"
  | "not_found"
  | "forbidden"
  | "empty"
  | "bad_text"
  | "too_long"
  | "idempotency_conflict"
  | "rate_limited"
  | "upgrade_required"
  | "too_many_sockets"
  | "unknown_site"
  | "origin_not_allowed"
  | "bad_identity"
  | "bad_field"
  | "unavailable"
  | "internal";

/** Codes of the page's side. */
export type LocalCode =
  /** The method does not exist, or an argument is not what it should be. */
  | "bad_argument"
  /** `beforeSend` said no. */
  | "cancelled"
  /** The server had the message and has it no longer. */
  | "lost"
  /** `shutdown`, `reset`, `identify` or `destroy` came between. */
  | "interrupted"
  /** `getJwt` threw. */
  | "no_proof";

export type ErrorCode = ServerCode | LocalCode;

export interface ChatError extends Error {
  code: ErrorCode;
  /** Whether the same may succeed later. */
  retryable: boolean;
}

export interface Events {
  /** The launcher is there. Told to late listeners too. */
  ready: { whoami: Whoami };
  open: { via: "launcher" | "api" };
  close: { via: "launcher" | "panel" | "api" };
  unreadChange: { unread: number };
  messageSent: { message: Message };
  messageReceived: { message: Message };
  messageFailed: { message: Message; error: ChatError };
  stateChange: { state: State; previous: State };
  identityChange: { whoami: Whoami };
  localeChange: { locale: string | null };
  error: { error: ChatError };
}

export type EventName = keyof Events;
export type Listener<E extends EventName> = (event: Events[E]) => void;

/** The object. Promises reject with a `ChatError` only. */
export interface Chat {
  readonly version: string;
  /** A snapshot. */
  readonly state: Readonly<State>;

  /** Begins; the same as `update` while it runs, and begins again after `shutdown`. */
  boot(options?: BootOptions): Promise<void>;
  /** Comes once the launcher is there. */
  ready(): Promise<void>;
  update(options: UpdateOptions): void;
  /** Takes the widget away and forgets who the visitor is. The script stays. */
  shutdown(): Promise<void>;
  /** Forgets the visitor and all that is stored of them, and begins anew. */
  reset(): Promise<void>;
  /** Takes away nodes, listeners, timers and the global. */
  destroy(): void;

  open(options?: { focus?: boolean }): void;
  close(): void;
  toggle(): void;
  isOpen(): boolean;
  /** Opens the chat with the keyboard in its field. */
  focusComposer(): void;
  /** Shows our button. */
  show(): void;
  /** Hides our button. */
  hide(): void;
  /** Opens the same conversation in a window of its own; `null` where the browser does not let it. */
  popout(): Window | null;

  unread(): number;
  /** Sends in the visitor's name, also while the panel is closed; comes once the message is stored. */
  sendMessage(text: string): Promise<Message>;
  /** Writes into the field, in place of what stands there. */
  prefill(text: string): void;

  /** Says who the visitor is; `null` for somebody who has signed out. Asks our server for nothing before the chat is opened. */
  identify(user: Identity | null): Promise<Whoami>;
  whoami(): Promise<Whoami>;
  /** Tells agents where the visitor is, until the address changes; without an argument, what the document says. */
  page(info?: { url?: string; title?: string; referrer?: string }): void;

  setLauncher(options: LauncherOptions): void;
  setSound(on: boolean): void;
  /** Says everything in another language, with what was written left as it is; one that there is not is as good as the browser's. */
  setLocale(locale: string): Promise<void>;
  setConsent(granted: boolean): void;

  on<E extends EventName>(event: E, listener: Listener<E>, options?: { signal?: AbortSignal }): Unsubscribe;
  once<E extends EventName>(event: E, listener: Listener<E>, options?: { signal?: AbortSignal }): Unsubscribe;
  off<E extends EventName>(event: E, listener?: Listener<E>): void;
}

/** The names of the methods. */
export type Command = { [K in keyof Chat]: Chat[K] extends (...values: never[]) => unknown ? K : never }[keyof Chat];

/** The global: the object, callable as its stub is. */
export interface PorchlightGlobal extends Chat {
  <C extends Command>(command: C, ...values: Parameters<Chat[C]>): unknown;
  q?: ArrayLike<unknown>[];
}

/** What a DOM event tells: the same, but not what a message says. */
export type DomDetail<E extends EventName> = Events[E] extends { message: Message }
  ? Omit<Events[E], "message"> & { message: Omit<Message, "text"> }
  : Events[E];

type DomEvents = { [E in EventName as `porchlight:${E}`]: CustomEvent<DomDetail<E>> };

declare global {
  interface Window {
    Porchlight?: PorchlightGlobal;
    PorchlightSettings?: BootOptions;
  }
  interface WindowEventMap extends DomEvents {}
}
