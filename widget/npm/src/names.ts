/** The names of the methods, each with what it answers on a server and before the script is there. */

import type { Chat, Command, State, Whoami } from "./types.js";

/** What is known where there is no widget. */
export const NOTHING: Readonly<State> = Object.freeze({
  status: "idle",
  open: false,
  launcherVisible: false,
  unread: 0,
  connection: "none",
  conversationId: null,
  locale: null,
});

export const NOBODY: Readonly<Whoami> = Object.freeze({ status: "unknown", conversationId: null, profile: {} });

/** How a method answers while nobody is there who could do it. */
export type Kind = "nothing" | "later" | "value" | "listener";

/** Every method. A name that is missing or is none does not compile. */
export const METHODS: { readonly [C in Command]: Kind } = {
  boot: "later",
  ready: "later",
  update: "nothing",
  shutdown: "later",
  reset: "later",
  destroy: "nothing",
  open: "nothing",
  close: "nothing",
  toggle: "nothing",
  isOpen: "value",
  focusComposer: "nothing",
  show: "nothing",
  hide: "nothing",
  popout: "value",
  unread: "value",
  sendMessage: "later",
  prefill: "nothing",
  identify: "later",
  whoami: "later",
  page: "nothing",
  setLauncher: "nothing",
  setSound: "nothing",
  setLocale: "later",
  setConsent: "nothing",
  on: "listener",
  once: "listener",
  off: "nothing",
};

/** Values of the methods that answer at once. */
export const VALUES: Pick<Chat, "isOpen" | "unread" | "popout"> = {
  isOpen: () => false,
  unread: () => 0,
  popout: () => null,
};
