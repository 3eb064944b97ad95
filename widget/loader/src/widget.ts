/**
 * One widget on one page: the launcher, and behind it the frame with its port.
 *
 * Order of a visit: the launcher is drawn; the first hover, focus or touch creates the frame, hidden; a click opens it,
 * and only then does the frame ask for a session. The frame has no storage of its own, so the loader keeps the token
 * and the messages that wait for it, tells it of those that other tabs keep, and holds the lock of whoever sends.
 * Nothing but the port is ever posted to an origin that is not known.
 */

import { request, textOf } from "./http";
import { drawLauncher } from "./launcher";
import { currentPage, onNavigation } from "./page";
import { keep, list, read } from "./storage";
import { styleFor } from "./style";

/** What a page says of its visitor: who it is, or a function that says so each time, which may take its time. */
type User = { (): unknown; call?: unknown };
type Page = { porchlight?: { user?: User } };

/** Puts the widget into the page. */
export function openWidget(host: string, site: string, config: object, jwt?: string): void {
  const key = "porchlight:" + textOf(config, "site");
  /** Before the id of a message. */
  const prefix = key + ":";
  /** Messages that could not be kept. */
  const unkept = new Map<string, string>();
  const [shell, button, badge, box] = drawLauncher(
    styleFor(textOf(config, "accent"), textOf(config, "ink")),
  );
  let frame: HTMLIFrameElement | undefined;
  let port: MessagePort | undefined;
  let token = "";
  let letGo: (() => void) | undefined;
  let isOpen = false;
  let takesFocus = false;
  let expectsLoad = false;

  const post = (message: object) => port?.postMessage(message);

  const tellPage = () => post(currentPage());

  /** Answers unless the page does not say who its visitor is: then the frame asks again. */
  const askSession = async () => {
    const asker = port!;
    const user = (window as Page).porchlight?.user ?? (jwt && ({ proof: { jwt } } as unknown as User));
    // The page's own words through the page's own `JSON`: nothing of ours is in them.
    const said = user && JSON.stringify(user.call ? await user() : user);
    token ||= read("localStorage", key);
    const body = `{"site":"${site}","token":"${token}","user":${said || null}}`;
    request("POST", `${host}/api/visitor/session`, body, (answer, code) => {
      if (answer) keep("localStorage", key, (token = textOf(answer, "token")));
      asker.postMessage({ ...answer, type: "session", code });
    });
  };

  const setOpen = (open: boolean, focus: boolean) => {
    isOpen = open;
    takesFocus = focus;
    if (open) prepare();
    button.setAttribute("aria-expanded", `${open}`);
    button.setAttribute("aria-label", open ? "Close chat" : "Open chat");
    box.toggleAttribute("inert", !open);
    post({ type: "open", open, focus });
    if (frame) keep("sessionStorage", key, open ? "+" : "");
    if (focus) (open ? frame : button)?.focus();
  };

  const showUnread = (count: number) => {
    badge.textContent = (count > 9 ? "9+" : count || "") as string;
    button.setAttribute("aria-description", count ? `${count} unread` : "");
  };

  const warn = (event: Event) => event.preventDefault();

  const tellKept = (text: string | null, key: string | null) =>
    key?.startsWith(prefix) && post({ type: "kept", key, text });

  const keepMessage = (key: string, text: string) => {
    unkept.delete(key);
    if (!keep("localStorage", key, text)) {
      unkept.set(key, text);
      post({ type: "unkept", key });
    }
    // Only while there is a reason: of a page that listens the browser keeps nothing for the way back.
    (unkept.size ? addEventListener : removeEventListener)("beforeunload", warn);
  };

  /** Waits for the lock, or takes it. Without locks every tab sends. */
  const contend = async (steal: boolean) => {
    let held = false;
    try {
      await navigator.locks.request(key, { __proto__: null, steal } as LockOptions, () => {
        post({ type: "lock", held: (held = true) });
        return new Promise<void>((resolve) => (letGo = resolve));
      });
    } catch {
      post({ type: "lock", held: !held });
    }
  };

  const receive = (message: Record<string, unknown>) => {
    switch (message["type"]) {
      case "ready":
        return (frame!.title = "Chat");
      case "session":
        return askSession();
      case "keep":
        return keepMessage(prefix + message["id"], message["text"] as string);
      case "lock":
        return contend(message["steal"] as boolean);
      case "unread":
        return showUnread(message["count"] as number);
      case "close":
        return setOpen(false, message["focus"] as boolean);
    }
  };

  const connect = () => {
    // Whatever the frame shows after its first document is not ours to talk to.
    if (!expectsLoad) return;
    expectsLoad = false;
    letGo?.();
    const channel = new MessageChannel();
    port = channel.port1;
    port.onmessage = (event) => receive(event.data);
    frame!.contentWindow!.postMessage("porchlight", "*", [channel.port2]);
    post({
      type: "start",
      config,
      page: currentPage(),
      locale: document.documentElement.lang || navigator.language,
      open: isOpen,
      focus: takesFocus,
    });
    list(tellKept);
    unkept.forEach(tellKept);
  };

  const load = () => {
    expectsLoad = true;
    frame!.src = `${host}/widget/${site}/frame`;
    setTimeout(() => frame!.title || load(), 9_000);
  };

  const prepare = () => {
    tellPage();
    if (frame) return;
    frame = document.createElement("iframe");
    frame.setAttribute("sandbox", "allow-scripts allow-popups allow-popups-to-escape-sandbox allow-downloads allow-modals");
    frame.onload = connect;
    load();
    box.append(frame);
  };

  const show = () => {
    if (shell.isConnected || !document.body) return;
    // A frame that is put back loads anew.
    expectsLoad = true;
    document.body.append(shell);
    shell.showPopover?.();
    watch(document.body);
  };
  // Routers that replace the body take the launcher away with it.
  const observer = new MutationObserver(show);
  const watch = (node: Node) => observer.observe(node, { __proto__: null, childList: true } as MutationObserverInit);
  watch(document.documentElement);

  button.onpointerenter = button.onfocus = prepare;
  button.onclick = () => setOpen(!isOpen, true);
  button.onkeydown = (event) => {
    if (isOpen && event.key === "Escape") setOpen(false, true);
  };
  addEventListener("online", () => post({ type: "online" }));
  // The page has somebody else to tell of, for whom all begins anew.
  addEventListener("porchlight", () => frame && load());
  addEventListener("storage", (event) => tellKept(event.newValue, event.key));
  onNavigation(tellPage);

  // On a phone the keyboard takes its part of the screen from us.
  const view = visualViewport;
  const fit = () => {
    if (view!.scale > 1) return;
    box.style.setProperty("--h", `${view!.height}px`);
    box.style.setProperty("--t", `${view!.offsetTop}px`);
  };
  view?.addEventListener("resize", fit);
  view?.addEventListener("scroll", fit);

  // It was open on the page before; where it would cover everything, the visitor followed a link to see the page.
  setOpen(!!read("sessionStorage", key) && innerWidth > 480, false);
  // Last, so that the closed panel is closed from the first picture of it.
  show();
}
