/**
 * What a site asks before the first message, in place of the composer: a file of its own, which only sites that ask load.
 * Nothing of it is kept before it is sent.
 */

/** A question, as the server tells it. */
interface Question {
  readonly kind: "text" | "email" | "phone" | "choice" | "consent";
  readonly label: string;
  readonly is_required: boolean;
  readonly choices: readonly string[];
  readonly link: string;
}

type Words = () => Readonly<Record<string, string>>;
type Fault = "missing" | "no_email" | "no_phone" | "other";

/** What browsers need to know of a field. */
const INPUTS = { text: ["text", "on"], email: ["email", "email"], phone: ["tel", "tel"], consent: ["checkbox", "off"] } as const;
const FAULTS = { missing: "form_missing", no_email: "bad_email", no_phone: "form_no_phone", other: "failed_otherwise" };
/** What a tick is told as. */
const CONSENT = "yes";

const STYLE = `
.form { flex: 0 1 auto; min-height: 0; overflow-y: auto; padding: var(--space-3) var(--space-4) var(--space-4);
  border-block-start: 1px solid var(--line); }
.form h2 { margin-block-end: var(--space-3); font-weight: var(--weight-bold); unicode-bidi: plaintext; text-align: start; }
.question { display: grid; gap: var(--space-1); margin-block-end: var(--space-3); font-size: var(--text-sm); }
.question label { unicode-bidi: plaintext; text-align: start; }
.question i { color: var(--text-muted); font-style: normal; }
.question input, .question select { min-width: 0; min-height: 2.5rem; padding: 0.25rem 0.625rem;
  border: 1px solid var(--line-strong); border-radius: var(--radius-md); background: var(--surface); color: var(--text);
  font: inherit; font-size: max(1rem, var(--text-md)); }
.question [aria-invalid="true"] { border-color: var(--danger); }
.question a { color: var(--accent-text); overflow-wrap: anywhere; }
.tick { grid-template-columns: auto 1fr; align-items: center; column-gap: var(--space-2); }
.tick input { grid-area: 1 / 1; width: 1.5rem; min-height: 1.5rem; accent-color: var(--accent); }
.tick > :not(input, label) { grid-column: 2; }
.fault { color: var(--danger); }
.fault:empty { display: none; }
.begin { width: 100%; min-height: 2.75rem; border-radius: var(--radius-md); background: var(--accent);
  color: var(--on-accent); font-weight: var(--weight-bold); }
.begin:hover { background: var(--accent-hover); }
@media (forced-colors: active) { .begin { border: 1px solid ButtonText; } }`;

let credential = "";
/** Writes every word anew. */
let write = () => {};

/** Says everything in another language. */
export function speak(): void {
  write();
}

/** Asks, once: later calls bring a fresh token only. */
export default function ask(words: Words, questions: readonly Question[], address: string, token: string): void {
  credential = token;
  const place = document.getElementById("form");
  if (!place || place.firstElementChild) return;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];

  const title = add(place, "h2", { id: "form-lead" });
  place.setAttribute("role", "group");
  place.setAttribute("aria-labelledby", "form-lead");
  const fields = questions.map((question, index) => new Field(place, question, `question${index}`));
  const problem = add(place, "p", { className: "fault" });
  problem.setAttribute("role", "alert");
  const button = add(place, "button", { className: "begin" });
  let hasFailed = false;
  write = () => {
    const said = words();
    title.textContent = said["form_lead"]!;
    button.textContent = said["form_begin"]!;
    problem.textContent = hasFailed ? said["failed_otherwise"]! : "";
    for (const field of fields) field.write(said);
  };

  const isTouch = matchMedia("(pointer:coarse)").matches;
  const toField = (field: HTMLElement | null | undefined) => (isTouch ? document.getElementById("panel") : field)?.focus();
  // Whoever was about to write has lost the field.
  const takeFocus = () => {
    const { activeElement: at, body } = document;
    const isFree = !at || at === body || !at.checkVisibility();
    if (isFree && place.checkVisibility() && document.hasFocus()) toField(fields[0]?.control);
  };
  // The panel shows the place once it has heard the server.
  const shown = new MutationObserver(() => requestAnimationFrame(takeFocus));
  const end = () => {
    shown.disconnect();
    removeEventListener("focus", takeFocus);
    place.remove();
    write = () => {};
    toField(document.getElementById("field"));
  };

  let isUnderway = false;
  const send = async () => {
    if (isUnderway) return;
    isUnderway = true;
    const answers = fields.map((field) => ({ label: field.question.label, text: field.value }));
    const verdict = await post(address, { answers }).catch(() => undefined);
    isUnderway = false;
    hasFailed = !verdict;
    fields.forEach((field, index) => (field.fault = verdict?.[index]));
    write();
    const first = fields.find((field) => field.fault);
    if (first) first.control.focus();
    else if (verdict) end();
  };
  button.onclick = send;
  // No form: the frame's sandbox sends none, and tells nobody that one was to be sent.
  place.onkeydown = (event) => {
    if (event.key === "Enter" && !event.isComposing && event.target instanceof HTMLInputElement) void send();
  };
  write();
  place.classList.add("asks");
  addEventListener("focus", takeFocus);
  shown.observe(place, { attributeFilter: ["hidden"] });
  requestAnimationFrame(takeFocus);
}

class Field {
  readonly question: Question;
  readonly control: HTMLInputElement | HTMLSelectElement;
  fault: Fault | null | undefined;
  readonly #optional: HTMLElement;
  readonly #choose: HTMLOptionElement | undefined;
  readonly #said: HTMLElement;

  constructor(place: HTMLElement, question: Question, id: string) {
    this.question = question;
    const { kind, label, choices, link } = question;
    const box = add(place, "div", { className: kind === "consent" ? "question tick" : "question" });
    const name = add(box, "label", { htmlFor: id, textContent: `${label} ` });
    this.#optional = add(name, "i", {});
    if (kind === "choice") {
      this.control = add(box, "select", { id });
      this.#choose = add(this.control, "option", { value: "" });
      for (const choice of choices) add(this.control, "option", { value: choice, textContent: choice });
    } else {
      const [type, autocomplete] = INPUTS[kind] ?? INPUTS.text;
      this.control = add(box, "input", { id, type, autocomplete });
    }
    this.control.setAttribute("aria-required", `${question.is_required}`);
    this.control.setAttribute("aria-describedby", `${id}-said`);
    if (link) {
      const shown = link.replace(/^https:\/\/|\/$/g, "");
      add(box, "a", { href: link, target: "_blank", rel: "noopener noreferrer", dir: "ltr", textContent: shown });
    }
    this.#said = add(box, "p", { className: "fault", id: `${id}-said` });
  }

  get value(): string {
    const { control } = this;
    if (control instanceof HTMLInputElement && control.type === "checkbox") return control.checked ? CONSENT : "";
    return control.value;
  }

  write(said: Readonly<Record<string, string>>): void {
    this.#optional.textContent = this.question.is_required ? "" : said["form_optional"]!;
    if (this.#choose) this.#choose.textContent = said["form_choose"]!;
    this.#said.textContent = this.fault ? said[FAULTS[this.fault] ?? FAULTS.other]! : "";
    this.control.setAttribute("aria-invalid", `${!!this.fault}`);
  }
}

/** Sends answers and returns what is wrong with each. Asking is a courtesy: what is refused whole keeps nobody from writing. */
async function post(files: string, body: object): Promise<(Fault | null)[] | undefined> {
  // `/widget/KEY/frame`, and `/api/visitor/conversations/ID/files`.
  const address = `/api/sites/${location.pathname.split("/")[2]}/conversations/${files.split("/")[4]}/answers`;
  const headers = { Authorization: `Bearer ${credential}` };
  const answer = await fetch(address, { method: "POST", headers, body: JSON.stringify(body) });
  if (answer.ok) return ((await answer.json()) as { faults: (Fault | null)[] }).faults;
  return answer.status < 500 ? [] : undefined;
}

function add<K extends keyof HTMLElementTagNameMap>(
  parent: Node,
  name: K,
  properties: Partial<HTMLElementTagNameMap[K]>,
): HTMLElementTagNameMap[K] {
  return parent.appendChild(Object.assign(document.createElement(name), properties));
}
