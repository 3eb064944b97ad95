/** Elements of the page that open and close the chat. */

/** What a launcher does. */
interface Doings {
  toggle(): void;
  prepare(): void;
}

/** The id of our element, for `aria-controls`. */
const ID = "porchlight";

/** Elements whose keys the browser makes a click of. */
const NATIVE = "button,a[href],input,select,summary,area[href]";

/** Serves what matches a selector, now and later, until it is told to end. */
export class Launchers {
  readonly #life = new AbortController();
  readonly #observer: MutationObserver;
  readonly #selector: string;
  #open = false;
  /** The one that was used last. */
  last: HTMLElement | undefined;

  constructor(selector: string, doings: Doings) {
    this.#selector = selector;
    const { signal } = this.#life;
    const on = (type: string, act: (launcher: HTMLElement, event: Event) => void) =>
      addEventListener(
        type,
        (event) => {
          const launcher = this.#around(event);
          if (launcher) act(launcher, event);
        },
        { signal },
      );
    const use = (launcher: HTMLElement, event: Event) => {
      event.preventDefault();
      this.last = launcher;
      doings.toggle();
    };
    on("click", use);
    on("keydown", (launcher, event) => {
      const { key, repeat } = event as KeyboardEvent;
      if ((key === "Enter" || key === " ") && !repeat && !launcher.matches(NATIVE)) use(launcher, event);
    });
    on("pointerover", doings.prepare);
    on("focusin", doings.prepare);
    this.#observer = new MutationObserver(() => this.#mark());
    this.#observer.observe(document, { childList: true, subtree: true });
    this.#mark();
  }

  /** Says on all of them whether the panel is open. */
  show(open: boolean, shell: HTMLElement | undefined): void {
    this.#open = open;
    if (shell) shell.id = ID;
    this.#mark();
  }

  end(): void {
    this.#life.abort();
    this.#observer.disconnect();
    for (const launcher of this.#all()) {
      launcher.removeAttribute("aria-expanded");
      launcher.removeAttribute("aria-controls");
    }
  }

  #all(): Iterable<Element> {
    return document.querySelectorAll(this.#selector);
  }

  #around(event: Event): HTMLElement | undefined {
    const path = event.composedPath();
    return path.find((one) => one instanceof HTMLElement && one.matches(this.#selector)) as HTMLElement | undefined;
  }

  #mark(): void {
    for (const launcher of this.#all()) {
      const expanded = `${this.#open}`;
      if (launcher.getAttribute("aria-expanded") === expanded) continue;
      launcher.setAttribute("aria-expanded", expanded);
      launcher.setAttribute("aria-controls", ID);
    }
  }
}
