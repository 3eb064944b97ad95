// Starts the chat. The port must be caught here: the loader hands it over before the module has been compiled.
import init from "{{glue}}";
import * as parts from "{{parts}}";

globalThis.porchlightPort = new Promise((resolve) => {
  addEventListener("message", (event) => {
    if (event.source === parent && event.data === "porchlight" && event.ports[0]) resolve(event.ports[0]);
  });
});
// Before there is anybody to take it, what is dropped must not take the place of the chat.
for (const kind of ["dragover", "drop"]) addEventListener(kind, (event) => event.preventDefault());
globalThis.porchlightFiles = () => import("{{files}}");
globalThis.porchlightPart = (name) => parts[`__wasm_split_load_${name}`]();
init({ module_or_path: "{{wasm}}" });
