/** Porchlight's chat on a page. Nothing here touches a page before `load`, and nothing throws on a server. */

export type * from "./types.js";
export { chat, load, type LoadOptions } from "./load.js";
export { csp } from "./csp.js";
