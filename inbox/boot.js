import init from "{{glue}}";
import * as parts from "{{parts}}";

for (const kind of ["dragover", "drop"]) addEventListener(kind, (event) => event.preventDefault());
globalThis.porchlightFiles = () => import("{{files}}");
globalThis.porchlightPart = (name) => parts[`__wasm_split_load_${name}`]();
init({ module_or_path: "{{wasm}}" });
