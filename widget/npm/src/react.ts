/** Porchlight in React. */

import { createContext, createElement, useContext, useEffect, useRef, useSyncExternalStore, type ReactNode } from "react";
import { chat, load, type LoadOptions } from "./load.js";
import { NOTHING } from "./names.js";
import type { Chat, EventName, Identity, Listener, State } from "./types.js";

const Context = createContext<Chat>(chat);

export interface ChatProviderProps extends LoadOptions {
  children?: ReactNode;
}

/** Loads the chat with the options of its first appearance, and follows `user`. It stays when the provider goes. */
export function ChatProvider({ children, ...options }: ChatProviderProps): ReactNode {
  const first = useRef(options);
  const { user } = options;
  const words = user === undefined ? "" : JSON.stringify([user?.id, user?.name, user?.email, user?.proof]);
  const known = useRef(words);
  useEffect(() => {
    load(first.current).catch(() => {});
  }, []);
  useEffect(() => {
    if (known.current === words) return;
    known.current = words;
    chat.identify((user ?? null) as Identity | null).catch(() => {});
  }, [words]);
  return createElement(Context.Provider, { value: chat }, children);
}

/** The chat. */
export function useChat(): Chat {
  return useContext(Context);
}

let shown: Readonly<State> = NOTHING;

function subscribe(changed: () => void): () => void {
  const ends = [
    chat.on("stateChange", ({ state }) => {
      shown = state;
      changed();
    }),
    chat.on("ready", () => {
      shown = chat.state;
      changed();
    }),
  ];
  return () => ends.forEach((end) => end());
}

/** What is known of the chat, kept up to date. */
export function useChatState(): Readonly<State> {
  return useSyncExternalStore(
    subscribe,
    () => shown,
    () => NOTHING,
  );
}

/** Listens for as long as the component is there; the listener may be another one each time. */
export function useChatEvent<E extends EventName>(event: E, listener: Listener<E>): void {
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  useEffect(() => chat.on(event, (detail) => latest.current(detail)), [event]);
}
