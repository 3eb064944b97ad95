/** Shows one picture over everything, until it is closed; the focus goes back to where it was. */

import { button, CROSS, DOWN, make } from "./dom";
import { save } from "./store";
import { words } from "./words";

export function view(address: string, name: string): void {
  const picture = make("img", "");
  picture.src = address;
  picture.alt = name;
  const stage = make("button", "viewer-stage", picture);
  stage.type = "button";
  stage.setAttribute("aria-label", `${name}. ${words.zoom}`);
  stage.setAttribute("aria-pressed", "false");
  stage.onclick = () => stage.setAttribute("aria-pressed", `${stage.classList.toggle("viewer-near")}`);
  const title = make("bdi", "viewer-name", name);
  const dialog = make(
    "dialog",
    "viewer",
    make(
      "div",
      "viewer-bar",
      title,
      button("viewer-button", DOWN, words.download, () => save(address, name)),
      button("viewer-button", CROSS, words.close, () => dialog.close()),
    ),
    stage,
  );
  dialog.setAttribute("aria-label", name);
  // Escape closes this and nothing behind it.
  dialog.onkeydown = (event) => event.stopPropagation();
  dialog.onclose = () => dialog.remove();
  document.body.append(dialog);
  dialog.showModal();
  stage.focus();
}
