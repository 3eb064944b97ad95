/** Listeners of the page, and the DOM events for those who have none of our objects at hand. */

import type { EventName, Events, Listener, Unsubscribe } from "../../../npm/src/types";

type Entry = { readonly event: EventName; readonly listener: Listener<never>; readonly once: boolean };

/** Tells an error to whoever watches the page's errors, and to nobody else. */
function report(error: unknown): void {
  if ("reportError" in window) reportError(error);
  else console.error(error);
}

export class Emitter {
  #entries: Entry[] = [];

  /** Adds a listener; the same one twice hears once. */
  add<E extends EventName>(event: E, listener: Listener<E>, once: boolean, signal?: AbortSignal): Unsubscribe {
    if (typeof listener !== "function" || signal?.aborted) return () => {};
    this.remove(event, listener);
    const entry: Entry = { event, listener: listener as Listener<never>, once };
    this.#entries = [...this.#entries, entry];
    const end = () => this.#keep((other) => other !== entry);
    signal?.addEventListener("abort", end);
    return end;
  }

  /** Removes a listener, or all of an event. */
  remove(event: EventName, listener?: Listener<never>): void {
    this.#keep((entry) => entry.event !== event || (listener !== undefined && entry.listener !== listener));
  }

  clear(): void {
    this.#entries = [];
  }

  /** Tells everybody. One who throws is reported and disturbs nobody. */
  tell<E extends EventName>(event: E, detail: Events[E]): void {
    for (const entry of this.#entries) {
      if (entry.event !== event) continue;
      if (entry.once) this.#keep((other) => other !== entry);
      try {
        (entry.listener as unknown as Listener<E>)(detail);
      } catch (error) {
        report(error);
      }
    }
    window.dispatchEvent(new CustomEvent(`porchlight:${event}`, { detail: withoutText(detail) }));
  }

  #keep(keeps: (entry: Entry) => boolean): void {
    this.#entries = this.#entries.filter(keeps);
  }
}

/** What people write is for whoever asked for it, not for every script that listens to the window. */
function withoutText(detail: object): object {
  if (!("message" in detail)) return detail;
  const { text, ...message } = detail.message as { text: string };
  return { ...detail, message };
}
