/** Elements, made by hand: a page's policy refuses markup, and a name is never anything but text. */

/** Makes an element of a class with what is in it. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  ...inside: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  element.className = className;
  element.append(...inside);
  return element;
}

/** Makes a button that shows a shape and says what it does. */
export function button(className: string, shape: string, name: string, act: () => void): HTMLButtonElement {
  const made = make("button", className, icon(shape));
  made.type = "button";
  made.onclick = act;
  rename(made, name);
  return made;
}

/** Says what a button does. */
export function rename(made: HTMLButtonElement, name: string): void {
  made.title = name;
  made.setAttribute("aria-label", name);
}

function icon(shape: string): SVGElement {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("class", "files-icon");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", shape);
  svg.append(path);
  return svg;
}

export const CROSS = "M6.4 5 12 10.6 17.6 5 19 6.4 13.4 12l5.6 5.6-1.4 1.4-5.6-5.6L6.4 19 5 17.6l5.6-5.6L5 6.4z";
export const AGAIN =
  "M12 5a7 7 0 0 1 6.3 4H15v2h7V4h-2v3.6A9 9 0 1 0 20.8 14h-2.1A7 7 0 1 1 12 5z";
export const DOWN = "M11 4h2v9l3.3-3.3 1.4 1.4L12 16.8l-5.7-5.7 1.4-1.4L11 13zM5 18h14v2H5z";
