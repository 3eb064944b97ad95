// Starts the chat, and knows what language it speaks. The port must be caught here: the loader hands it over before the
// module has been compiled.
import init from "{{glue}}";
import * as parts from "{{parts}}";

const root = document.documentElement;
let files;
let form;
let home;
let wait;
// The page has brought the words of one language.
let words = JSON.parse(document.getElementById("words").textContent);
let language = root.lang;
// Whose words are wanted, and how times and numbers are written.
let wanted = { language, locale: language, direction: root.dir };
// What the page says in place of some words, and all words with that.
let replaced = {};
let said = words;

const format = (Format, options) => new Format(wanted.locale, options).format;

// What names elements and stands in them once for all; what changes anyway is written anew by the chat itself.
const NAMES =
  "chat close_chat menu messages options own_options how_was_it say_more message write_a_message send attach emoji leave_email".split(" ");

const rename = (before) => {
  for (const attribute of ["aria-label", "placeholder"]) {
    for (const element of document.querySelectorAll(`[${attribute}]:not(.picture)`)) {
      const name = NAMES.find((name) => before[name] === element.getAttribute(attribute));
      if (name) element.setAttribute(attribute, said[name]);
    }
  }
};

const use = () => {
  const before = said;
  said = { ...words };
  for (const [name, text] of Object.entries(replaced)) {
    if (text && Object.hasOwn(words, name)) said[name] = text;
    else if (!/^(home|wait)_/.test(name)) console.warn("Porchlight: bad_argument: no string " + name);
  }
  root.lang = wanted.locale;
  root.dir = wanted.direction;
  const time = format(Intl.DateTimeFormat, { hour: "numeric", minute: "2-digit" });
  const date = format(Intl.DateTimeFormat, { weekday: "long", day: "numeric", month: "long" });
  const moment = format(Intl.DateTimeFormat, { dateStyle: "long", timeStyle: "short" });
  const soon = format(Intl.DateTimeFormat, { weekday: "long", hour: "numeric", minute: "2-digit" });
  const later = format(Intl.DateTimeFormat, { day: "numeric", month: "short", hour: "numeric", minute: "2-digit" });
  const relative = new Intl.RelativeTimeFormat(wanted.locale, { numeric: "auto" });
  const size = (unit) => format(Intl.NumberFormat, { style: "unit", unit, maximumFractionDigits: 1 });
  const [kilobytes, megabytes] = [size("kilobyte"), size("megabyte")];
  const texts = Object.values(said);
  globalThis.porchlightWords = {
    word: (index) => texts[index],
    number: format(Intl.NumberFormat),
    time,
    moment,
    day: (at, days) => (days === 0 || days === -1 ? relative.format(days, "day") : date(at)),
    when: (at, days) => (days ? (days < 7 ? soon : later) : time)(at),
    size: (bytes) => (bytes < 1e6 ? kilobytes(Math.ceil(bytes / 1e3)) : megabytes(bytes / 1e6)),
  };
  rename(before);
  files?.speak(said, porchlightWords.size);
  form?.speak();
  home?.speak();
  wait?.speak();
};

// What the home is told, which only those load who have something to find there, and what says how long the visitor waits,
// which only those load who do, or to whom nobody is there.
const told = {};
const speech = () => [said, replaced, wanted.greeting];
const tell = async (more) => {
  Object.assign(told, more);
  if (!told.files) return;
  if (told.others || told.over) (home ??= await import("{{home}}")).default(told, speech);
  if (wait || told.waits || told.away) (wait ??= await import("{{wait}}")).default(told, speech);
};

// How the site looks; the page's word goes before. Properties only, so that no text of a page becomes a rule.
const dress = ({ panel, scheme, logo = root.dataset.logo }, wish, font) => {
  for (const [name, value] of Object.entries({ ...panel, ...(font && { "--font": font }) })) {
    if (name.startsWith("--")) root.style.setProperty(name, value);
  }
  root.dataset.scheme = wish ?? scheme;
  // A path on our own host, and nothing else.
  const shown = /^[\w/-]+$/.test(logo);
  root.classList.toggle("branded", shown);
  if (shown) root.style.setProperty("--logo", `url(${logo})`);
};

// What does not come is asked for again, as long as it is wanted; until then the chat speaks as before.
const bring = async (config) => {
  while (config === wanted && language !== config.language) {
    try {
      const answer = await fetch("{{words}}".replace("*", config.language));
      const brought = await answer.json();
      if (config === wanted) [words, language] = [brought, config.language];
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 9_000));
    }
  }
  return config === wanted;
};

// Writes into the field, as if the visitor had.
const prefill = (text) => {
  const field = document.getElementById("field");
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
};

const hear = async (port, { type, text, config, strings, scheme, font, others }) => {
  if (type === "prefill") prefill(text);
  if (type === "session") tell({ port, others });
  if (type !== "start" && type !== "locale") return;
  dress(config, scheme, font);
  wanted = config;
  replaced = strings ?? {};
  if (type === "start") use();
  if ((type === "start" && language === config.language) || !(await bring(config))) return;
  use();
  port.dispatchEvent(new MessageEvent("message", { data: { type: "words" } }));
};

globalThis.porchlightPort = new Promise((resolve) => {
  addEventListener("message", (event) => {
    const [port] = event.ports;
    if (event.source !== parent || event.data !== "porchlight" || !port) return;
    // Before the chat hears the same.
    port.addEventListener("message", (event) => hear(port, event.data));
    resolve(port);
  });
});
// Before there is anybody to take it, what is dropped must not take the place of the chat.
for (const kind of ["dragover", "drop"]) addEventListener(kind, (event) => event.preventDefault());
globalThis.porchlightFiles = async () => {
  files = await import("{{files}}");
  files.speak(said, porchlightWords.size);
  return files;
};
globalThis.porchlightStands = (how) => tell({ over: how & 1, waits: how & 2 });
globalThis.porchlightAsk = async (reception, files, token) => {
  tell({ files, token, away: reception?.is_away });
  if (!reception?.questions?.length) return;
  form = await import("{{form}}");
  form.default(() => said, reception.questions, files, token);
};
globalThis.porchlightStored = async (...mail) => (await import("{{stored}}")).default(...mail);
globalThis.porchlightPart = (name) => parts[`__wasm_split_load_${name}`]();
init({ module_or_path: "{{wasm}}" });
