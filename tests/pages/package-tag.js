// A customer's code that talks to a chat which a tag brings, before the tag or after it.
import { chat } from "./index.js";

window.heard = [];
chat.on("open", ({ via }) => window.heard.push(via));
chat.prefill("From beside the tag");
chat.open();
