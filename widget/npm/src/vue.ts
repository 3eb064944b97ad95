/** Porchlight in Vue. */

import { onScopeDispose, readonly, shallowRef, type Plugin, type Ref } from "vue";
import { chat, load, type LoadOptions } from "./load.js";
import type { Chat, EventName, Listener, State } from "./types.js";

/** Makes a plugin that loads the chat when it is installed in a browser. */
export function createChat(options: LoadOptions): Plugin {
  return {
    install() {
      load(options).catch(() => {});
    },
  };
}

/** The chat. */
export function useChat(): Chat {
  return chat;
}

/** What is known of the chat, kept up to date for as long as its scope lives. */
export function useChatState(): Readonly<Ref<Readonly<State>>> {
  const state = shallowRef<Readonly<State>>(chat.state);
  const ends = [
    chat.on("stateChange", (event) => (state.value = event.state)),
    chat.on("ready", () => (state.value = chat.state)),
  ];
  onScopeDispose(() => ends.forEach((end) => end()));
  return readonly(state) as Readonly<Ref<Readonly<State>>>;
}

/** Listens for as long as its scope lives. */
export function useChatEvent<E extends EventName>(event: E, listener: Listener<E>): void {
  onScopeDispose(chat.on(event, listener));
}
