/**
 * The host page's API, a file of its own: loaded when the page calls something, or when its tag or its settings say
 * what only this file understands.
 */

import type { Core } from "../core";
import { chatOf } from "./chat";
import { chatError } from "./error";

type Doing = (...values: unknown[]) => unknown;

/** Answers all calls that wait, in their order, and those to come at once. */
export default function begin(core: Core): void {
  const { chat, fromTag, use } = chatOf(core);
  const properties = Object.getOwnPropertyDescriptors(chat) as Record<string, PropertyDescriptor>;
  const doings = { __proto__: null, "": fromTag } as unknown as Record<string, Doing>;
  for (const [name, property] of Object.entries(properties)) {
    const doing = property.value as unknown;
    if (typeof doing !== "function") continue;
    doings[name] = property.value = (...values: unknown[]) => {
      use();
      return (doing as Doing)(...values);
    };
  }
  Object.defineProperties(core.chat, properties);
  const answer: typeof core.calls.push = (...calls) => {
    for (const [[method, ...values], resolve, reject] of calls) {
      const doing = doings[String(method)];
      try {
        if (!doing) throw chatError("bad_argument", `there is no ${String(method)}`);
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
