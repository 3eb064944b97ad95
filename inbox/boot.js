import init from "{{js}}";

for (const kind of ["dragover", "drop"]) addEventListener(kind, (event) => event.preventDefault());
globalThis.porchlightFiles = () => import("{{files}}");
init({ module_or_path: "{{wasm}}" });
