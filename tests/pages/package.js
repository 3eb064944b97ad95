// What a bundler would make of a customer's code.
import { chat, load } from "./index.js";

window.heard = [];
chat.on("open", () => window.heard.push("open"));
chat.prefill("From a package");
chat.open();
const { host, key } = document.getElementById("tag").dataset;
load({ host, site: key }).then((loaded) => window.heard.push(loaded === chat && "loaded"));
window.leave = () => chat.shutdown().then(() => window.heard.push(chat.state.status));
