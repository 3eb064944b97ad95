import init from "{{js}}";

init({ module_or_path: "{{wasm}}" });
