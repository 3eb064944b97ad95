/** When the widget begins and ends, how it is dressed, and what waits for it. */

import type { BootOptions, ErrorCode } from "../../../npm/src/types";
import type { Area, Widget } from "../core";
import { whenTime } from "./begin";
import { chatError } from "./error";
import { Launchers } from "./launchers";
import { styleOf } from "./look";
import { isFixed, placeOf, settle } from "./place";
import { Queue } from "./queue";
import type { Room } from "./room";
import { forget } from "./stored";

type Via = "launcher" | "panel" | "api";

const AREAS: Record<string, Area> = { session: "sessionStorage", none: "none" };

export class Life {
  readonly #room: Room;
  /** Who waits for the widget, or to hear why there is none. */
  readonly #awaiting = new Queue<void>();
  /** What is to be done with it. */
  #waiting: ((widget: Widget) => void)[] = [];
  #stopWaiting = () => {};
  /** What is to be done once the widget that is on its way has come, and when that is done. */
  #away: (() => void) | undefined;
  #gone = Promise.resolve();
  #look: ReturnType<typeof styleOf> | undefined;
  #launchers: Launchers | undefined;
  #unsettle = () => {};
  /** What the keys of the latest widget begin with. */
  #key: string | undefined;
  /** What was told of the panel, and what the next change of it comes by. */
  #toldOpen: boolean;
  #via: Via = "launcher";
  #isHalted = false;
  #isDestroyed = false;
  /** Told when all that was on its way is in vain. */
  onEnd = () => {};
  /** Told of the widget. */
  onReady = () => {};

  constructor(room: Room) {
    const { core } = room;
    this.#room = room;
    this.#toldOpen = core.open;
    if (!core.widget) return;
    // It came before this file.
    this.#key = core.widget.key;
    this.#look = styleOf(core.widget);
  }

  ready(): Promise<void> {
    const { widget, code } = this.#room.core;
    if (widget) return Promise.resolve();
    return code ? Promise.reject(chatError(code as ErrorCode)) : this.#awaiting.wait();
  }

  /** Begins with more options; `undefined` where it runs already and they are an update. */
  boot(given: BootOptions | undefined, begin: () => void): Promise<void> | undefined {
    const { core } = this.#room;
    if (this.#away) return this.#gone.then(() => this.boot(given, begin) ?? this.ready());
    this.#retry();
    if (core.site && (!given?.site || given.site === core.site)) return undefined;
    const start = () => {
      this.#isHalted = false;
      begin();
      this.startWhen(given?.load);
      return this.ready();
    };
    return core.site ? this.end().then(start) : start();
  }

  /** Begins when it is time. */
  startWhen(when: BootOptions["load"]): void {
    this.#stopWaiting();
    this.dress();
    this.#stopWaiting = whenTime(when, () => this.start());
  }

  /** Asks for the site, if one is known and the visitor agrees. */
  start(): void {
    const { core, options } = this.#room;
    this.#stopWaiting();
    if (!this.#mayStart || core.site || !options.site || this.#away) return;
    this.#room.status = "loading";
    core.area = AREAS[options.storage ?? ""] ?? "localStorage";
    core.place = isFixed(options) ? placeOf(options) : undefined;
    core.start(options.site);
    this.#room.changed();
  }

  /** Does something with the widget, which is called for by that. */
  withWidget(act: (widget: Widget) => void): void {
    const { widget } = this.#room.core;
    if (widget) return act(widget);
    this.#waiting.push(act);
    this.#retry();
    this.start();
  }

  setOpen(open: boolean, focus: boolean, via: Via): void {
    this.withWidget((widget) => {
      const { core } = this.#room;
      // A part of the page cannot be closed.
      if ((open === core.open && !(open && focus)) || (!open && core.place)) return;
      this.#via = via;
      widget.setOpen(open, focus);
    });
  }

  /** Takes the widget away, at once or when it comes. */
  end(): Promise<void> {
    const { core } = this.#room;
    this.#stopWaiting();
    this.#waiting = [];
    this.#awaiting.reject(chatError("interrupted"));
    this.onEnd();
    this.#gone = new Promise((resolve) => {
      this.#away = () => {
        this.#away = undefined;
        this.#takeAway();
        resolve();
      };
    });
    if (!core.site || core.widget || core.code) this.#away?.();
    return this.#gone;
  }

  /** Ends until the page says `boot`. */
  halt(): Promise<void> {
    this.#isHalted = true;
    return this.end();
  }

  /** Ends for good. */
  async destroy(): Promise<void> {
    this.#isDestroyed = true;
    await this.end();
    this.#room.core.hear = [];
  }

  /** Ends, and removes what is stored. */
  async forget(): Promise<void> {
    await this.end();
    this.#room.core.mute = undefined;
    if (this.#key) forget(this.#key);
  }

  /** The site has answered. */
  drawn(): void {
    const { core, options } = this.#room;
    const { widget } = core;
    if (this.#away) return this.#away();
    this.#room.status = widget ? "ready" : "refused";
    if (widget) {
      this.#key = widget.key;
      this.#look = styleOf(widget);
      this.dress();
      this.#unsettle = settle(core, widget);
      if (options.open && !core.place && !core.open) this.setOpen(true, false, "api");
      this.#awaiting.resolve();
      this.onReady();
      for (const act of this.#waiting.splice(0)) act(widget);
    } else {
      this.#waiting = [];
      // Links of the page lead where they led.
      this.#launchers?.end();
      this.#awaiting.reject(this.#room.fail(core.code as ErrorCode));
      this.onEnd();
    }
    this.#room.changed();
  }

  /** Dresses our button and serves those of the page. */
  dress(): void {
    const { core, options } = this.#room;
    const { selector } = options.launcher!;
    this.#look?.(options);
    this.#launchers?.end();
    this.#launchers = undefined;
    if (selector && this.#mayStart && !core.code) {
      this.#launchers = new Launchers(selector, {
        toggle: () => this.setOpen(!core.open, true, "launcher"),
        prepare: () => core.widget?.prepare(),
      });
    }
    this.#showOpen();
    this.#room.changed();
  }

  /** The visitor closes the panel from within. */
  closing(): void {
    this.#via = "panel";
  }

  /** The panel was opened or closed. */
  opened(focus: boolean): void {
    const { core, emitter } = this.#room;
    this.#showOpen();
    const last = this.#launchers?.last;
    if (!core.open && focus && core.widget?.button.hidden && last?.isConnected) last.focus();
    if (this.#toldOpen !== core.open) {
      this.#toldOpen = core.open;
      if (core.open) emitter.tell("open", { via: this.#via === "api" ? "api" : "launcher" });
      else emitter.tell("close", { via: this.#via });
    }
    this.#via = "launcher";
  }

  get #mayStart(): boolean {
    return this.#room.options.consent !== false && !this.#isHalted && !this.#isDestroyed;
  }

  /** The server was away: perhaps it is back. */
  #retry(): void {
    const { core } = this.#room;
    if (core.code === "unavailable") core.site = core.code = undefined;
  }

  #showOpen(): void {
    const { core, options } = this.#room;
    this.#launchers?.show(core.open, core.widget?.shell);
    const label = options.launcher!.label;
    if (!core.open && label) core.widget?.button.setAttribute("aria-label", label);
  }

  #takeAway(): void {
    const { core } = this.#room;
    const { widget } = core;
    if (widget) {
      this.#key = widget.key;
      this.#via = "api";
      widget.setOpen(false, false);
      core.line?.end();
      widget.observer.disconnect();
      widget.shell.remove();
    }
    this.#launchers?.end();
    this.#launchers = this.#look = undefined;
    this.#unsettle();
    core.line = core.widget = core.site = core.code = core.place = core.session = undefined;
    core.leads = core.connected = undefined;
    core.unread = 0;
    core.tell({ type: "count" });
    this.#room.connection = "none";
    this.#room.status = "shutdown";
    this.#room.changed();
  }
}
