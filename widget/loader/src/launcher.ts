/** The launcher and the box for the frame: nodes in a shadow root. */

/** Adds a style sheet to a shadow root; what it returns writes the sheet anew. */
export function addStyle(root: ShadowRoot): (style: string) => void {
  try {
    // The strictest policies allow constructed sheets and refuse `<style>`.
    const sheet = new CSSStyleSheet();
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    return (style) => sheet.replaceSync(style);
  } catch {
    const element = root.appendChild(document.createElement("style"));
    return (style) => (element.textContent = style);
  }
}

/** Draws a closed launcher and returns its host, which is not in the page yet, its button, its badge and the box. */
export function drawLauncher(style: string) {
  const add = <K extends keyof HTMLElementTagNameMap>(parent: Node, name: K) =>
    parent.appendChild(document.createElement(name));
  const host = document.createElement("div");
  // In the top layer no transform, clip or stacking of the page's own boxes reaches it.
  host.popover = "manual";
  const root = host.attachShadow({ __proto__: null, mode: "open" } as unknown as ShadowRootInit);
  addStyle(root)(style);
  const box = add(root, "div");
  box.id = "p";
  box.part = "panel";
  const button = add(root, "button");
  button.setAttribute("aria-haspopup", "dialog");
  button.setAttribute("aria-controls", "p");
  button.part = "launcher";
  const badge = add(button, "p");
  badge.part = "badge";
  return [host, button, badge, box] as const;
}
