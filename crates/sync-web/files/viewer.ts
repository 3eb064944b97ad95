/** Shows one picture over everything, until it is closed; the focus goes back to where it was. */

import { button, CROSS, DOWN, make } from "./dom";
import { save } from "./store";
import { say } from "./words";

export function view(address: string, name: string): void {
  const picture = make("img", "");
  picture.src = address;
  picture.alt = name;
  const stage = make("button", "viewer-stage", picture);
  stage.type = "button";
  stage.setAttribute("aria-label", `${name}. ${say("file_zoom")}`);
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
      button("viewer-button", DOWN, say("file_download"), () => save(address, name)),
      button("viewer-button", CROSS, say("file_close"), () => dialog.close()),
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
