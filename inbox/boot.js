import init from "{{glue}}";
import * as parts from "{{parts}}";

// Whatever has trapped was in the middle of something, so that nothing of the module can be trusted any longer, and without a
// module there is no inbox. It is said from here, where nothing of it is needed.
const stop = (title, lead) => {
  if (document.querySelector("[role=alertdialog][open]")) return;
  const dialog = document.createElement("dialog");
  const [heading, text, again] = ["h2", "p", "button"].map((name) => document.createElement(name));
  Object.assign(dialog, { className: "dialog", role: "alertdialog", ariaLabel: title });
  Object.assign(heading, { className: "dialog__head", textContent: title });
  Object.assign(text, { className: "dialog__lead", textContent: lead });
  Object.assign(again, { className: "button button--primary", textContent: "Load again", onclick: () => location.reload() });
  dialog.append(heading, text, again);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
};
const trapped = (error) => {
  if (error instanceof WebAssembly.RuntimeError) {
    stop("The inbox has stopped", "That is our mistake. What was sent has arrived, and your drafts are kept.");
  }
};
addEventListener("error", (event) => trapped(event.error));
addEventListener("unhandledrejection", (event) => trapped(event.reason));

for (const kind of ["dragover", "drop"]) addEventListener(kind, (event) => event.preventDefault());
globalThis.porchlightFiles = () => import("{{files}}");
globalThis.porchlightPart = (name) => parts[`__wasm_split_load_${name}`]();
init({ module_or_path: "{{wasm}}" }).catch((error) => {
  console.error(error);
  if (error instanceof WebAssembly.RuntimeError) trapped(error);
  else stop("The inbox could not be loaded", "Is there a connection to the network?");
});
