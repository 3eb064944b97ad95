/**
 * One widget on one page: the launcher, and behind it the frame with its port.
 *
 * Order of a visit: the launcher is drawn; the first hover, focus or touch creates the frame, hidden; a click opens it,
 * and only then does the frame ask for a session. The frame has no storage of its own, so the loader keeps the token
 * and the outbox for it. Nothing but the port is ever posted to an origin that is not known.
 */

import { request, textOf } from "./http";
import { drawLauncher } from "./launcher";
import { currentPage, onNavigation } from "./page";
import { claimOutbox, isPlain, keep, read } from "./storage";

/** Puts the widget into the page. */
export function openWidget(host: string, site: string, config: object, accent: string): void {
  const key = `porchlight:${site}`;
  const tab = read("sessionStorage", key);
  const [shell, button, badge, box] = drawLauncher(accent);
  let frame: HTMLIFrameElement | undefined;
  let port: MessagePort | undefined;
  let token = "";
  let slot = 0;
  let outbox: unknown;
  let isOpen = false;
  let takesFocus = false;
  let expectsLoad = false;

  const post = (message: object) => port?.postMessage(message);

  const tellPage = () => post(currentPage());

  const askSession = () => {
    token ||= read("localStorage", key);
    request("POST", `${host}/api/visitor/session`, `{"site":"${site}"${token && `,"token":"${token}"`}}`, (answer, code) => {
      const fresh = answer ? textOf(answer, "token") : "";
      if (!isPlain(fresh)) return post({ type: "session_failed", code });
      keep("localStorage", key, (token = fresh));
      post({ ...answer, type: "session" });
    });
  };

  const setOpen = (open: boolean, focus: boolean) => {
    isOpen = open;
    takesFocus = focus;
    if (open) prepare();
    button.setAttribute("aria-expanded", `${open}`);
    button.setAttribute("aria-label", open ? "Close chat" : "Open chat");
    box.toggleAttribute("inert", !open);
    post({ type: open ? "shown" : "hidden", focus });
    if (frame) keep("sessionStorage", key, slot + (open ? "+" : ""));
    if (focus) (open ? frame : button)?.focus();
  };

  const showUnread = (count: number) => {
    badge.textContent = count ? (count > 9 ? "9+" : `${count}`) : "";
    button.setAttribute("aria-description", count ? `${count} unread` : "");
  };

  const receive = (message: Record<string, unknown>) => {
    switch (message["type"]) {
      case "ready":
        frame!.title = "Chat";
        return;
      case "session":
        return askSession();
      case "save":
        return keep("localStorage", `${key}:${slot}`, `${(outbox = message["outbox"])}`);
      case "unread":
        return showUnread(+(message["count"] as number));
      case "close":
        return setOpen(false, !!message["focus"]);
    }
  };

  const connect = () => {
    // Whatever the frame shows after its first document is not ours to talk to.
    if (!expectsLoad) return;
    expectsLoad = false;
    const channel = new MessageChannel();
    port = channel.port1;
    port.onmessage = (event) => receive(event.data);
    frame!.contentWindow!.postMessage("porchlight", "*", [channel.port2]);
    post({
      type: "start",
      config,
      outbox: outbox ?? read("localStorage", `${key}:${slot}`),
      page: currentPage(),
      locale: document.documentElement.lang || navigator.language,
      open: isOpen,
      focus: takesFocus,
    });
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
    frame.setAttribute("sandbox", "allow-scripts allow-popups allow-popups-to-escape-sandbox");
    frame.onload = connect;
    claimOutbox(key, tab, (number) => {
      slot = number;
      load();
      box.append(frame!);
      // An opening that did not wait for the number.
      if (isOpen) setOpen(true, takesFocus);
    });
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
  show();

  button.onpointerenter = button.onfocus = prepare;
  button.onclick = () => setOpen(!isOpen, true);
  button.onkeydown = (event) => {
    if (isOpen && event.key === "Escape") setOpen(false, true);
  };
  addEventListener("online", () => post({ type: "online" }));
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
  setOpen(/\+/.test(tab) && innerWidth > 480, false);
}
