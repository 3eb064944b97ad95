/** The launcher and the box for the frame: nodes in a shadow root. */

/** Draws a closed launcher and returns its host, which is not in the page yet, its button, its badge and the box. */
export function drawLauncher(style: string) {
  const add = <K extends keyof HTMLElementTagNameMap>(parent: Node, name: K) =>
    parent.appendChild(document.createElement(name));
  const host = document.createElement("div");
  // In the top layer no transform, clip or stacking of the page's own boxes reaches it.
  host.popover = "manual";
  const root = host.attachShadow({ __proto__: null, mode: "open" } as unknown as ShadowRootInit);
  try {
    // The strictest policies allow constructed sheets and refuse `<style>`.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    root.adoptedStyleSheets = [sheet];
  } catch {
    add(root, "style").textContent = style;
  }
  const box = add(root, "div");
  box.id = "p";
  const button = add(root, "button");
  button.setAttribute("aria-haspopup", "dialog");
  button.setAttribute("aria-controls", "p");
  return [host, button, add(button, "p"), box] as const;
}
