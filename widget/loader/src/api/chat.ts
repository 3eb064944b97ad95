/** The object that pages talk to. */

import type { BootOptions, Chat, EventName, Events, Listener, UpdateOptions } from "../../../npm/src/types";
import type { Core, News } from "../core";
import { Life } from "./life";
import { merge } from "./options";
import { popOut } from "./popout";
import { Room } from "./room";
import { Talk } from "./talk";

/** The build puts them in. */
declare const VERSION: string;
declare const LOCALE: string;

interface Made {
  readonly chat: Chat;
  /** Begins as the tag and the page's settings say. */
  readonly fromTag: (settings?: BootOptions) => void;
  /** The page has called something. */
  readonly use: () => void;
}

/** Makes the object, and what begins with the options of the tag and of the page's settings. */
export function chatOf(core: Core): Made {
  const room = new Room(core);
  const talk = new Talk(room);
  const life = new Life(room);
  const { emitter } = room;

  const ready = () => ({ whoami: talk.whoami });
  life.onEnd = () => talk.forget();
  life.onReady = () => emitter.tell("ready", ready());

  /** Takes more options, and says how unread messages are shown. */
  const take = (later: BootOptions | undefined) => {
    core.wishes = room.options = merge(room.options, later);
    core.tell({ type: "count" });
  };

  /** Says everything in the language and the words that the page wants; what begins later begins with them. */
  const speak = async () => {
    if (!core.site) return;
    await life.ready();
    await core.file(LOCALE).then((file) => file.default(core)).catch(() => {
      throw room.fail("unavailable");
    });
  };

  const update = (later: UpdateOptions | undefined) => {
    take(later);
    if (later?.locale || later?.strings || later?.accent) speak().catch(() => {});
    if (later?.launcher) life.dress();
    if (later?.scheme) core.line?.speak();
    if (later?.beforeSend) talk.watch();
    if (later && "user" in later) talk.identify(later.user ?? undefined).catch(() => {});
  };

  /** Listens; whoever comes after the launcher hears of it as well. */
  const listen = <E extends EventName>(event: E, listener: Listener<E>, once: boolean, signal?: AbortSignal) => {
    const isLate = event === "ready" && core.widget;
    if (isLate) queueMicrotask(() => signal?.aborted || listener(ready() as Events[E]));
    return isLate && once ? () => {} : emitter.add(event, listener, once, signal);
  };

  core.hear.push((news: News) => {
    if (news.type === "drawn") return life.drawn();
    if (news.type === "close") return life.closing();
    if (news.type === "open") life.opened(!!news["focus"]);
    else talk.hear(news);
    // The loader does what it does with the news after it has told it.
    queueMicrotask(() => room.changed());
  });

  const chat: Chat = {
    version: VERSION,
    get state() {
      return room.state;
    },
    boot: (given) => {
      const begun = life.boot(given, () => {
        take(given);
        if (given && "user" in given) talk.user = given.user ?? undefined;
      });
      if (begun) return begun;
      update(given);
      return life.ready();
    },
    ready: () => life.ready(),
    update,
    shutdown: () => {
      talk.user = undefined;
      return life.halt();
    },
    reset: async () => {
      const hadBegun = !!core.site;
      talk.user = undefined;
      await life.forget();
      if (hadBegun) life.start();
      await life.ready();
    },
    destroy: () => {
      emitter.clear();
      delete window.Porchlight;
      void life.destroy();
    },
    open: (how) => life.setOpen(true, how?.focus !== false, "api"),
    close: () => life.setOpen(false, document.activeElement === core.widget?.shell, "api"),
    toggle: () => (core.open ? chat.close() : chat.open()),
    isOpen: () => core.open,
    focusComposer: () => life.setOpen(true, true, "api"),
    show: () => update({ launcher: { show: true } }),
    hide: () => update({ launcher: { show: false } }),
    popout: () => {
      const other = popOut(core, { ...room.options, user: talk.user ?? null });
      if (other) chat.close();
      return other;
    },
    unread: () => core.unread,
    sendMessage: (text) => {
      const answer = talk.send(text);
      if (talk.isSending)
        life.withWidget((widget) => {
          widget.prepare();
          talk.flush();
        });
      return answer;
    },
    prefill: (text) => talk.prefill(String(text)),
    identify: (user) => talk.identify(user ?? undefined),
    whoami: () => Promise.resolve(talk.whoami),
    page: (info) => {
      const { origin, pathname, search } = location;
      const title = core.title ?? document.title;
      talk.page({ url: origin + pathname + search, title, referrer: document.referrer, ...info });
    },
    setLauncher: (launcher) => update({ launcher }),
    setSound: (sound) => update({ sound }),
    setLocale: (locale) => {
      take({ locale });
      return speak();
    },
    setConsent: (consent) => {
      take({ consent });
      if (!consent) return void life.forget();
      life.dress();
      life.start();
    },
    on: (event, listener, how) => listen(event, listener, false, how?.signal),
    once: (event, listener, how) => listen(event, listener, true, how?.signal),
    off: (event, listener) => emitter.remove(event, listener as never),
  };

  const fromTag = (settings?: BootOptions) => {
    take(settings);
    talk.user = room.options.user ?? undefined;
    life.startWhen(room.options.load);
  };

  if (core.widget) life.dress();
  return { chat, fromTag, use: () => talk.use() };
}
