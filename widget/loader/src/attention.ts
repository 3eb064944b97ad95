/**
 * Unread messages outside of the panel: in the page's title, on its icon, and as a sound. What was there before is
 * put back as it was.
 */

import type { Core, Wishes } from "./core";

/** Shows what is unread from here on, and at once. */
export default function begin(core: Core): void {
  const attention = new Attention(core);
  const show = () => attention.show(core.unread, core.wishes);
  core.hear.push((news) => news.type === "count" && show());
  show();
}

class Attention {
  readonly #core: Core;
  readonly #icon = new Icon();
  #count = 0;
  /** Sees when the page changes its title. */
  readonly #observer = new MutationObserver(() => this.#writeTitle());
  /** The title that we wrote. */
  #written: string | undefined;
  /** What stood in the element, or nothing if there was none. */
  #before: string | null = null;

  constructor(core: Core) {
    this.#core = core;
  }

  /** Shows a number. */
  show(count: number, { title, favicon, sound }: Wishes): void {
    const isMore = count > this.#count;
    this.#count = count;
    if (count && title !== false) {
      this.#writeTitle();
      this.#observer.observe(document.head, { childList: true, subtree: true, characterData: true });
    } else {
      this.#restoreTitle();
    }
    this.#icon.show(count > 0 && favicon !== false);
    if (isMore && sound !== false && !this.#core.mute && this.#core.leads) ring();
  }

  #writeTitle(): void {
    // Another title than the one that we wrote is the page's own.
    if (this.#written === undefined || document.title !== this.#written) {
      this.#before = document.querySelector("title")?.textContent ?? null;
      this.#core.title = document.title;
    }
    const title = `(${this.#count}) ${this.#core.title}`.trim();
    if (title !== document.title) document.title = title;
    this.#written = title;
  }

  #restoreTitle(): void {
    this.#observer.disconnect();
    const element = document.querySelector("title");
    if (element && document.title === this.#written) {
      if (this.#before === null) element.remove();
      else element.textContent = this.#before;
    }
    this.#written = this.#core.title = undefined;
  }
}

/** The page's icon with a dot. Where the page's policy refuses icons in an address, it stays as it is. */
class Icon {
  #link: HTMLLinkElement | undefined;
  #hidden: [link: Element, rel: string][] = [];
  #isRefused = false;
  #wanted = false;

  show(wanted: boolean): void {
    if (wanted === this.#wanted) return;
    this.#wanted = wanted;
    if (wanted && !this.#isRefused) this.#draw();
    else this.#restore();
  }

  #draw(): void {
    const links = [...document.querySelectorAll<HTMLLinkElement>("link[rel~=icon]")];
    const image = new Image();
    const done = () => this.#wanted && this.#put(links, image);
    image.onload = image.onerror = done;
    // Of another origin it could not be drawn.
    const addresses = links.map((link) => link.href).filter((href) => href.startsWith(location.origin + "/"));
    const address = addresses[addresses.length - 1];
    if (address) image.src = address;
    else done();
  }

  #put(links: Element[], image: HTMLImageElement): void {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 32;
    const pen = canvas.getContext("2d");
    if (!pen) return;
    if (image.naturalWidth) pen.drawImage(image, 0, 0, 32, 32);
    pen.fillStyle = "#c4232b";
    pen.arc(23, 9, 9, 0, 7);
    pen.fill();
    const refused = (event: SecurityPolicyViolationEvent) => {
      if (!event.blockedURI.startsWith("data")) return;
      this.#isRefused = true;
      this.#restore();
    };
    addEventListener("securitypolicyviolation", refused);
    setTimeout(() => removeEventListener("securitypolicyviolation", refused), 1_000);
    this.#hidden = links.map((link) => [link, link.getAttribute("rel")!]);
    for (const link of links) link.setAttribute("rel", "x-icon");
    this.#link = document.createElement("link");
    this.#link.rel = "icon";
    this.#link.href = canvas.toDataURL();
    document.head.append(this.#link);
  }

  #restore(): void {
    this.#link?.remove();
    this.#link = undefined;
    for (const [link, rel] of this.#hidden.splice(0)) link.setAttribute("rel", rel);
  }
}

/** Two tones, if the visitor has touched the page: before that browsers are silent, and so are we. */
function ring(): void {
  if (navigator.userActivation?.hasBeenActive === false) return;
  const audio = new AudioContext();
  const tones = [660, 880].map((frequency, index) => {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    const start = audio.currentTime + index * 0.12;
    tone.frequency.value = frequency;
    volume.gain.setValueAtTime(0.08, start);
    volume.gain.exponentialRampToValueAtTime(0.001, start + 0.3);
    tone.connect(volume).connect(audio.destination);
    tone.start(start);
    tone.stop(start + 0.3);
    return tone;
  });
  tones[1]!.onended = () => void audio.close();
}
