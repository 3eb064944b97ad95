/** A file in a message: a picture that comes when it is in sight, or something to keep. */

import { make } from "./dom";
import { fetched, load, save, type Place } from "./store";
import { view } from "./viewer";
import { say } from "./words";

/** Shows a picture in its button, which then opens it. */
export function picture(box: HTMLButtonElement, place: () => Place, id: string, name: string): void {
  const draw = async () => {
    box.replaceChildren();
    try {
      const address = await fetched(place(), id);
      const shown = make("img", "");
      shown.src = address;
      shown.alt = name;
      shown.draggable = false;
      box.replaceChildren(shown);
      box.onclick = async () => view(await fetched(place(), id), name);
    } catch (status) {
      box.replaceChildren(make("span", "picture-why", say(status === 404 ? "file_missing" : "file_unreachable")));
      box.onclick = draw;
    }
  };
  const watcher = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    watcher.disconnect();
    draw();
  });
  watcher.observe(box);
}

/** Fetches a file and gives it to the browser to keep; says in a line when that cannot be done. */
export async function keep(place: Place, id: string, name: string, line: HTMLElement): Promise<void> {
  const before = line.textContent;
  try {
    const address = URL.createObjectURL(await load(place, id));
    save(address, name);
    // The browser has taken it over by then.
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  } catch (status) {
    line.textContent = say(status === 404 ? "file_missing" : "file_unreachable");
    setTimeout(() => (line.textContent = before), 5_000);
  }
}
