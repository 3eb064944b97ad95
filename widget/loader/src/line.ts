/**
 * The line to the frame, of a file of its own: only a chat that somebody has reached for needs it.
 *
 * The frame has no storage of its own, so the line asks for its session from the page's origin, keeps the token and the
 * messages that wait, tells the frame of those that other tabs keep, and holds the lock of whoever sends. Nothing but
 * the port is ever posted to an origin that is not known.
 */

import type { Core, Line, News, Widget } from "./core";
import { request, textOf } from "./http";
import { currentPage, onNavigation } from "./page";
import { keep, list, read } from "./storage";

/** Where the file is that shows unread messages outside of the panel; the build puts it in. */
declare const ATTENTION: string;
/** Where the file is that shows what the site says by itself, and has told who is there; the build puts it in. */
declare const PROACTIVE: string;
/** What stands in our keys; the build puts them in. */
declare const UNSENT_INFIX: string, OPEN_SUFFIX: string, MUTE_SUFFIX: string;

/** Connects a widget with its frame. */
export default function openLine(core: Core, widget: Widget): void {
  // It went away while this file was coming.
  if (core.widget !== widget) return;
  const { box, badge, button, config, key, words } = widget;
  const frame = widget.frame!;
  const site = core.site;
  /** Before the id of a message. */
  const prefix = key + UNSENT_INFIX;
  core.mute ??= !!read(core.area, key + MUTE_SUFFIX);
  /** Tabs that share no storage have nothing to elect. */
  const tab = core.area === "localStorage" ? "" : Math.random();
  /** Messages that could not be kept. */
  const unkept = new Map<string, string>();
  /** Whether the frame holds some that it is not known yet under whose name to keep. */
  let held = false;
  const life = new AbortController();
  let port: MessagePort | undefined;
  /** The visitor's token; behind a sign, a conversation of theirs that is not their first. */
  let token = "";
  /** The conversation that was gone to, if one was. */
  let wish = widget.wish || "";
  /** Unread messages in other conversations than the frame's. */
  let others = 0;
  let letGo: (() => void) | undefined;
  let retry: number | undefined;

  const listen = (target: EventTarget | null | undefined, type: string, listener: (event: never) => void) =>
    target?.addEventListener(type, listener as EventListener, {
      __proto__: null,
      signal: life.signal,
    } as AddEventListenerOptions);

  const post = (message: object) => port?.postMessage(message);

  /** What stands behind the token. */
  const further = () => (token ||= read(core.area, key)).replace(/^[^+]*/, "");

  const tellPage = () => post(currentPage(core.title));

  /** Answers unless the page does not say who its visitor is: then the frame asks again. */
  const askSession = async (email: unknown) => {
    const asker = port!;
    // What the page has called comes first: it may say who this is.
    if (core.calls.length) await core.api();
    const user = await core.user?.();
    token ||= read(core.area, key);
    const body = `{"site":"${site}","token":"${token}","user":${user || null},"email":${JSON.stringify(email ?? null)},"conversation":"${wish}"}`;
    request("POST", `${core.host}/api/visitor/session`, body, (answer, code) => {
      if (answer) keep(core.area, key, (token = textOf(answer, "token") + textOf(answer, "further")));
      wish = textOf(((answer as News | null)?.["known"] as object) ?? (wish && (answer as object | null)), "conversation") || wish;
      const news = { ...answer, type: "session", code };
      asker.postMessage(news);
      if (asker !== port) return;
      if (answer) {
        core.session = news;
        if (config.visits) core.file(PROACTIVE).then((file) => file.default(core, widget));
      }
      core.tell({ ...news, type: "granted" });
    });
  };

  const showUnread = (count: number) => {
    core.unread = count;
    core.tell({ type: "count" });
    const write = (count: number) => count.toLocaleString(config.locale);
    // No text: the button is described by it, and named by what it does.
    badge.dataset["n"] = count ? write(Math.min(count, 9)) + (count > 9 ? "+" : "") : "";
    const forms = words()["launcher_unread"] as string | Record<string, string>;
    const category = new Intl.PluralRules(config.locale).select(count);
    const form = typeof forms === "string" ? forms : forms[category] ?? forms["other"]!;
    button.setAttribute("aria-description", count ? form.replace("{count}", write(count)) : "");
    if (count && !core.signalled) {
      core.signalled = true;
      core.file(ATTENTION).then((file) => file.default(core), () => (core.signalled = false));
    }
  };

  const warn = (event: Event) => event.preventDefault();

  /** Asks before the page is left, only while there is a reason: of a page that listens the browser keeps nothing for the
   * way back. */
  const guard = () => {
    if (held || unkept.size) listen(window, "beforeunload", warn);
    else removeEventListener("beforeunload", warn);
  };

  const tellKept = (text: string | null, key: string | null) =>
    key?.startsWith(prefix) && post({ type: "kept", key, text });

  const keepMessage = (key: string, text: string) => {
    unkept.delete(key);
    if (!keep(core.area, key, text)) {
      unkept.set(key, text);
      post({ type: "unkept", key });
    }
    guard();
  };

  /** Waits for the lock, or takes it. Without locks every tab sends. */
  const contend = async (steal: boolean) => {
    const lead = (held: boolean) => post({ type: "lock", held: (core.leads = held) });
    let held = false;
    try {
      await navigator.locks.request(key + tab + (wish || further()), { __proto__: null, steal } as LockOptions, () => {
        lead((held = true));
        return new Promise<void>((resolve) => (letGo = resolve));
      });
    } catch {
      lead(!held);
    }
  };

  /** What the page says in place of some words, cut to what a label has room for: whatever is no text is told as such. */
  const strings = () => {
    const said = { __proto__: null } as unknown as Record<string, unknown>;
    for (const [name, text] of Object.entries(core.wishes.strings ?? {})) said[name] = typeof text === "string" && text.slice(0, 300);
    return said;
  };

  /** Shows the frame so high above the closed panel's launcher, or no more. */
  const preview = (height: number) => {
    const shown = height > 0 && !core.open && !core.place && core.wishes.preview !== false;
    const { classList, style } = box;
    classList.toggle("v", shown);
    box.inert = !core.open && !shown;
    style.width = shown ? "min(320px,100vw - 40px)" : "";
    style.height = shown ? `${height}px` : "";
  };

  /** How the panel is to speak and look. */
  const manner = () => ({
    config,
    strings: strings(),
    scheme: core.wishes.scheme,
    font: config.font === "page" && getComputedStyle(document.body).fontFamily,
  });

  const speak = () => {
    showUnread(core.unread);
    // Only a frame that is ready has one.
    if (frame.title) frame.title = textOf(words(), "chat");
    post({ type: "locale", ...manner() });
  };

  const receive = (message: News) => {
    core.tell(message);
    switch (message.type) {
      case "ready":
        return (frame.title = textOf(words(), "chat"));
      case "session":
        return askSession(message["email"]);
      case "keep":
        return keepMessage(prefix + message["id"], message["text"] as string);
      case "held":
        held = message["held"] as boolean;
        return guard();
      case "lock":
        return contend(message["steal"] as boolean);
      case "unread":
        return showUnread((message["count"] as number) + others);
      case "others":
        return showUnread(core.unread - others + (others = message["count"] as number));
      case "turn":
        return renew(message["to"] as string);
      case "mute":
        keep(core.area, key + MUTE_SUFFIX, (core.mute = message["mute"] as boolean) ? "-" : "");
        return;
      case "preview":
        return preview(message["height"] as number);
      case "open":
        return widget.setOpen(true, true);
      case "close":
        return widget.setOpen(false, message["focus"] as boolean);
    }
  };

  const connect = () => {
    // Whatever the frame shows after its first document is not ours to talk to.
    if (!widget.fresh) return;
    widget.fresh = false;
    letGo?.();
    const channel = new MessageChannel();
    port = channel.port1;
    port.onmessage = (event) => receive(event.data);
    frame.contentWindow!.postMessage("porchlight", "*", [channel.port2]);
    post({
      type: "start",
      ...manner(),
      page: currentPage(core.title),
      further: further(),
      turned: !!wish,
      mute: core.mute,
      open: core.open,
      focus: widget.focus,
      fixed: !!core.place,
    });
    held = false;
    guard();
    list(core.area, tellKept);
    unkept.forEach(tellKept);
    cover();
    core.connected = true;
    core.tell({ type: "connected" });
  };

  const expect = () => {
    clearTimeout(retry);
    retry = setTimeout(() => frame.title || renew(wish), 9_000);
  };

  const renew = (to = "") => {
    wish = to;
    showUnread((others = 0));
    core.connected = false;
    core.session = undefined;
    widget.expected = true;
    frame.src = `${core.host}/widget/${site}/frame?lang=${config.language}`;
    expect();
  };

  /** Where the panel covers all of the page: as the style sheet says. */
  const small = matchMedia("(max-width:480px),(max-height:480px)");
  /** What of the page cannot be reached, since the panel covers it. */
  let covered: Element[] = [];

  /** Keeps keyboard and screen reader in a panel that covers the page, and tells the frame whether it does. */
  const cover = () => {
    uncover();
    const modal = core.open && !core.place && small.matches;
    if (modal) covered = [...document.body.children].filter((node) => node != widget.shell && !node.hasAttribute("inert"));
    for (const node of covered) node.setAttribute("inert", "");
    post({ type: "modal", modal });
  };

  const uncover = () => {
    for (const node of covered) node.removeAttribute("inert");
    covered = [];
  };

  // On a phone the keyboard takes its part of the screen from us.
  const view = visualViewport;
  const fit = () => {
    if (!view || view.scale > 1) return;
    box.style.setProperty("--h", `${view.height}px`);
    box.style.setProperty("--t", `${view.offsetTop}px`);
  };

  /** Tells the frame that the panel was opened or closed, and the next page of the tab. */
  const follow = (open: boolean, focus: boolean) => {
    if (open) tellPage();
    preview(0);
    fit();
    post({ type: "open", open, focus });
    cover();
    // A part of one page does not open the panel on the next.
    if (!core.place) keep("sessionStorage", key + OPEN_SUFFIX, open ? "+" : "");
  };

  listen(window, "online", () => post({ type: "online" }));
  listen(window, "storage", (event: StorageEvent) => tellKept(event.newValue, event.key));
  onNavigation(listen, tellPage);

  listen(small, "change", cover);
  listen(view, "resize", fit);
  listen(view, "scroll", fit);

  const end = () => {
    life.abort();
    uncover();
    clearTimeout(retry);
    letGo?.();
    port?.close();
    removeEventListener("beforeunload", warn);
  };
  const line: Line = { connect, speak, renew, post, follow, end };
  core.line = line;
  follow(core.open, !!widget.focus);
  expect();
  connect();
}
