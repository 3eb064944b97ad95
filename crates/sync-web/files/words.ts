/** Every word about files, in English until the app says it in another language. */

import {
  file_close,
  file_download,
  file_empty,
  file_kind,
  file_list,
  file_missing,
  file_often,
  file_picture,
  file_preparing,
  file_refused,
  file_remove,
  file_retry,
  file_too_large,
  file_unreachable,
  file_waiting,
  file_zoom,
} from "../../words/locales/en.json";

const english = {
  file_close,
  file_download,
  file_empty,
  file_kind,
  file_list,
  file_missing,
  file_often,
  file_picture,
  file_preparing,
  file_refused,
  file_remove,
  file_retry,
  file_too_large,
  file_unreachable,
  file_waiting,
  file_zoom,
};

export type Word = keyof typeof english;

let words: Readonly<Record<Word, string>> = english;
const listeners = new Set<() => void>();

/** A size as people read it. */
export let sizeOf = (bytes: number): string => {
  const [amount, unit] = bytes < 1e6 ? [Math.ceil(bytes / 1e3), "kilobyte"] : [bytes / 1e6, "megabyte"];
  return new Intl.NumberFormat(undefined, { style: "unit", unit, maximumFractionDigits: 1 }).format(amount);
};

/** Says a word, with a value where it names one in braces. */
export function say(word: Word, value = ""): string {
  return words[word].replace(/\{\w+\}/, () => value);
}

/** Takes the words of another language, and how it writes sizes. */
export function speak(others: typeof words, size: typeof sizeOf): void {
  words = others;
  sizeOf = size;
  for (const listener of listeners) listener();
}

/** Calls back whenever there are other words. */
export function onSpeak(listener: () => void): void {
  listeners.add(listener);
}
