/**
 * The host page's API, a file of its own: loaded when the page calls something, when its tag says what only this file
 * understands, or when a message is unread.
 */

import type { Core } from "../core";
import { chatOf } from "./chat";
import { chatError } from "./error";

/** Answers all calls that wait, in their order, and those to come at once. */
export default function begin(core: Core): void {
  const { chat, fromTag, use } = chatOf(core);
  const methods = Object.getOwnPropertyDescriptors(chat);
  Object.defineProperties(core.chat, methods);
  const doings = { __proto__: null, ...chat, "": fromTag } as unknown as Record<string, (...values: unknown[]) => unknown>;
  const answer: typeof core.calls.push = (...calls) => {
    for (const [[method, ...values], resolve, reject] of calls) {
      const doing = doings[String(method)];
      try {
        if (typeof doing !== "function") throw chatError("bad_argument", `there is no ${String(method)}`);
        if (method) use();
        resolve(doing(...values));
      } catch (error) {
        reject(error);
      }
    }
    return 0;
  };
  // One that is made by an answer waits behind all that were made before.
  for (let call; (call = core.calls.shift()); ) answer(call);
  core.calls.push = answer;
}
