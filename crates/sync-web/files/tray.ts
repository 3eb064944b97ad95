/**
 * The files that somebody is about to send: each is sent up at once, and said when the person sends the message, in the
 * order chosen (SPEC FL13).
 */

import { AGAIN, button, CROSS, make, rename } from "./dom";
import { shrink } from "./shrink";
import { remember, type Place } from "./store";
import { onSpeak, say, sizeOf, type Word } from "./words";

/** What the app does for the tray. */
export type Host = {
  /** Where files go now, or nothing while that is not known. */
  place(): Place | null;
  /** Says a file that is there, in the bytes of the server's answer, as `send` was told. */
  say(file: Uint8Array, way: number): void;
  /** Hears how many files are in the tray that can be sent, and whether leaving the page would lose any. */
  changed(count: number, atRisk: boolean): void;
};

type State = "preparing" | "waiting" | "coming" | "there" | "failed";

type Upload = {
  id: string;
  file: File;
  state: State;
  /** What the server answered. */
  answer?: Uint8Array;
  /** To be said as soon as it is there. */
  isWanted: boolean;
  /** How it is to be said. */
  way: number;
  failures: number;
  request?: XMLHttpRequest;
  timer?: number;
  chip: HTMLElement;
  line: HTMLElement;
  /** What the line says. */
  text: () => string;
  bar: HTMLProgressElement;
  again: HTMLButtonElement;
  removal: HTMLButtonElement;
};

const MOST_BYTES = 25_000_000;

/** Files that are sent up at the same time. */
const AT_ONCE = 2;

/** Milliseconds without any progress after which an attempt is given up. */
const STALL = 30_000;

/** Milliseconds of the longest wait between two attempts. */
const LONGEST_WAIT = 15_000;

const waiting = () => say("file_waiting");

/** Puts a tray into its place and returns what the app does with it. */
export function openTray(list: HTMLElement, zone: HTMLElement, host: Host) {
  let uploads: Upload[] = [];
  const name = () => list.setAttribute("aria-label", say("file_list"));
  name();

  const tell = () => {
    list.hidden = !uploads.length;
    host.changed(uploads.filter((upload) => upload.state !== "failed" && !upload.isWanted).length, !!uploads.length);
  };

  const remove = (upload: Upload) => {
    uploads = uploads.filter((other) => other !== upload);
    clearTimeout(upload.timer);
    upload.request?.abort();
    upload.chip.remove();
    go();
  };

  const draw = (upload: Upload, state: State, text: () => string) => {
    upload.state = state;
    upload.chip.dataset["state"] = state;
    upload.text = text;
    upload.line.textContent = text();
    upload.line.setAttribute("role", state === "failed" ? "alert" : "presentation");
    upload.bar.hidden = state === "failed" || state === "there";
    if (state !== "coming") upload.bar.removeAttribute("value");
    upload.again.hidden = true;
  };

  /** Says why not; what is wrong with the file itself is not tried again. */
  const fail = (upload: Upload, why: Word, canRetry = false) => {
    upload.isWanted = false;
    upload.chip.classList.remove("chip-wanted");
    draw(upload, "failed", () => say(why, sizeOf(MOST_BYTES)));
    upload.again.hidden = !canRetry;
  };

  /** Tries again after a while, which grows. */
  const later = (upload: Upload) => {
    draw(upload, "waiting", waiting);
    const wait = Math.min(LONGEST_WAIT, 500 * 2 ** upload.failures++) * (0.5 + Math.random() / 2);
    upload.timer = setTimeout(() => {
      upload.timer = 0;
      go();
    }, wait);
  };

  const start = (upload: Upload) => {
    const place = host.place();
    if (!place) return later(upload);
    const request = (upload.request = new XMLHttpRequest());
    let stall = 0;
    const watch = () => {
      clearTimeout(stall);
      stall = setTimeout(() => request.abort(), STALL);
    };
    request.open("POST", place.address);
    request.responseType = "arraybuffer";
    if (place.token) request.setRequestHeader("Authorization", `Bearer ${place.token}`);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.setRequestHeader("Porchlight-Upload", upload.id);
    request.setRequestHeader("Porchlight-File-Name", encodeURIComponent(upload.file.name));
    request.upload.onprogress = (event) => {
      watch();
      upload.bar.value = event.loaded / Math.max(1, event.total);
    };
    request.onloadend = () => {
      clearTimeout(stall);
      delete upload.request;
      if (uploads.includes(upload)) answered(upload, request);
    };
    draw(upload, "coming", () => sizeOf(upload.file.size));
    watch();
    request.send(upload.file);
  };

  const answered = (upload: Upload, request: XMLHttpRequest) => {
    const { status } = request;
    if (status === 200) {
      upload.answer = new Uint8Array(request.response as ArrayBuffer);
      if (isPicture(upload.file)) remember(idIn(upload.answer), upload.file);
      draw(upload, "there", () => sizeOf(upload.file.size));
    } else if (status === 413) fail(upload, "file_too_large");
    else if (status === 415) fail(upload, "file_kind");
    else if (status === 429 && upload.failures > 2) fail(upload, "file_often", true);
    else if (status === 400 || status === 403 || status === 404 || (status === 401 && upload.failures > 3))
      fail(upload, "file_refused", true);
    else return later(upload);
    go();
  };

  /** Says what is wanted and there, in order, and begins what can be begun. */
  const go = () => {
    while (uploads[0]?.isWanted && uploads[0].answer) {
      const [first] = uploads.splice(0, 1);
      first!.chip.remove();
      host.say(first!.answer!, first!.way);
    }
    let free = AT_ONCE - uploads.filter((upload) => upload.request).length;
    for (const upload of uploads) {
      if (free > 0 && upload.state === "waiting" && !upload.timer) {
        start(upload);
        free--;
      }
    }
    tell();
  };

  const prepare = async (upload: Upload) => {
    draw(upload, "preparing", () => say("file_preparing"));
    try {
      upload.file = await shrink(upload.file);
    } catch {
      // Sent as it is, it would say what cameras write into pictures.
      return fail(upload, "file_picture");
    }
    if (isPicture(upload.file)) {
      const thumb = make("img", "chip-thumb");
      thumb.src = URL.createObjectURL(upload.file);
      thumb.alt = "";
      thumb.onload = () => URL.revokeObjectURL(thumb.src);
      upload.chip.firstElementChild!.replaceWith(thumb);
    }
    if (!upload.file.size) return fail(upload, "file_empty");
    if (upload.file.size > MOST_BYTES) return fail(upload, "file_too_large");
    upload.id = randomId();
    draw(upload, "waiting", () => sizeOf(upload.file.size));
  };

  const add = (files: Iterable<File>) => {
    for (const file of files) {
      const line = make("span", "chip-line");
      const bar = make("progress", "chip-bar");
      bar.max = 1;
      const again = button("chip-button", AGAIN, say("file_retry", file.name), () => {
        draw(upload, "waiting", waiting);
        upload.failures = 0;
        go();
      });
      const removal = button("chip-button", CROSS, say("file_remove", file.name), () => remove(upload));
      const chip = make(
        "li",
        "chip",
        make("span", "chip-thumb chip-kind", kindOf(file.name)),
        make("span", "chip-words", make("bdi", "chip-name", file.name), line, bar),
        again,
        removal,
      );
      const upload: Upload = {
        id: "", file, state: "preparing", isWanted: false, way: 0, failures: 0, chip, line, text: waiting, bar, again, removal,
      };
      uploads.push(upload);
      list.append(chip);
      prepare(upload).then(go);
    }
    tell();
  };

  onSpeak(() => {
    name();
    for (const { line, text, again, removal, chip } of uploads) {
      const chosen = chip.querySelector(".chip-name")!.textContent!;
      line.textContent = text();
      rename(again, say("file_retry", chosen));
      rename(removal, say("file_remove", chosen));
    }
  });

  // What is dropped must not take the place of the page, wherever it is dropped.
  let dragged = 0;
  const over = (change: number) => zone.classList.toggle("dropping", (dragged = Math.max(0, dragged + change)) > 0);
  zone.addEventListener("dragenter", (event) => hasFiles(event) && over(1));
  zone.addEventListener("dragleave", (event) => hasFiles(event) && over(-1));
  zone.addEventListener("dragover", (event) => hasFiles(event) && event.preventDefault());
  zone.addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    over(-dragged);
    add(event.dataTransfer!.files);
  });

  // The network is back: nobody waits any longer.
  addEventListener("online", () => {
    for (const upload of uploads) {
      clearTimeout(upload.timer);
      upload.timer = 0;
    }
    go();
  });
  addEventListener("beforeunload", (event) => {
    if (uploads.length) event.preventDefault();
  });

  return {
    add,
    /** Says all that is in the tray and has not failed, as soon as it is there. */
    send(way: number) {
      for (const upload of uploads) {
        if (upload.state !== "failed" && !upload.isWanted) {
          upload.way = way;
          upload.isWanted = true;
          upload.chip.classList.add("chip-wanted");
        }
      }
      // What has failed keeps nothing back.
      uploads.sort((one, other) => Number(other.isWanted) - Number(one.isWanted));
      go();
    },
    /** Gives up everything. */
    clear() {
      [...uploads].forEach(remove);
    },
  };
}

function hasFiles(event: DragEvent): boolean {
  return !!event.dataTransfer?.types.includes("Files");
}

function isPicture(file: File): boolean {
  return /^image\/(png|jpeg|gif|webp|avif)$/.test(file.type);
}

/** What stands behind the last dot, where that is short enough to be shown. */
function kindOf(name: string): string {
  return name.match(/\.(\w{1,5})$/)?.[1] ?? "";
}

function randomId(): string {
  return hex(crypto.getRandomValues(new Uint8Array(16)));
}

/** The id of a file in the server's answer: behind the version, which is one byte. */
function idIn(answer: Uint8Array): string {
  return hex(answer.subarray(1, 17));
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
