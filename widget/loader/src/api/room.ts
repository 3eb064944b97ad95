/** What the parts of the API share: the page's options, its listeners, and what was told of the state. */

import type { BootOptions, ErrorCode, State } from "../../../npm/src/types";
import type { Core } from "../core";
import { Emitter } from "./emitter";
import { chatError } from "./error";
import { merge, ofTag } from "./options";

export class Room {
  readonly core: Core;
  readonly emitter = new Emitter();
  options: BootOptions;
  status: State["status"];
  connection: State["connection"] = "none";
  /** What was told of the state. */
  #known: State;

  constructor(core: Core) {
    this.core = core;
    this.options = merge({}, ofTag(core.tag.dataset));
    this.status = core.widget ? "ready" : core.code ? "refused" : core.site ? "loading" : "idle";
    this.#known = this.state;
  }

  get state(): State {
    const { widget, open, unread, session } = this.core;
    const known = session?.["known"] as Record<string, unknown> | undefined;
    const conversation = (known ?? session)?.["conversation"] as string | undefined;
    return {
      status: this.status,
      open,
      launcherVisible: !!widget && !widget.button.hidden,
      unread,
      connection: this.connection,
      conversationId: conversation ?? null,
      locale: widget?.config.locale ?? null,
    };
  }

  /** Tells what has changed. */
  changed(): void {
    const previous = this.#known;
    const state = (this.#known = this.state);
    if (JSON.stringify(previous) === JSON.stringify(state)) return;
    if (previous.unread !== state.unread) this.emitter.tell("unreadChange", { unread: state.unread });
    if (previous.locale !== state.locale) this.emitter.tell("localeChange", { locale: state.locale });
    this.emitter.tell("stateChange", { state, previous });
  }

  /** Tells an error and returns it. */
  fail(code: ErrorCode) {
    const error = chatError(code);
    this.emitter.tell("error", { error });
    try {
      this.options.onError?.(error);
    } catch (thrown) {
      console.error(thrown);
    }
    return error;
  }
}
