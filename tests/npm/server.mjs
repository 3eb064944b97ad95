// What a server does with the package: imports it, renders with it, signs with it.
import { createElement } from "react";
import { renderToString } from "react-dom/server";
import { createSSRApp, effectScope } from "vue";
import { chat, csp, load } from "@porchlight/widget";
import { ChatProvider, useChatEvent, useChatState } from "@porchlight/widget/react";
import { signUser, userHash } from "@porchlight/widget/server";
import { createChat, useChatState as useChatStateOfVue } from "@porchlight/widget/vue";

if ((await load({ host: "https://chat.example", site: "pk_1" })) !== chat) throw new Error("load comes with the chat");
let answered = 0;
for (const name of Object.keys(chat)) {
  if (typeof chat[name] !== "function") continue;
  await chat[name]();
  answered += 1;
}
chat.on("open", () => {})();
if (chat.unread() !== 0 || chat.state.open || csp("https://chat.example")["frame-src"][0] !== "https://chat.example") {
  throw new Error("there is nothing here");
}
console.log(`${answered} methods answered`);

function Count() {
  useChatEvent("open", () => {});
  return createElement("p", null, useChatState().unread);
}
console.log(renderToString(createElement(ChatProvider, { host: "https://chat.example", site: "pk_1" }, createElement(Count))));
createSSRApp({}).use(createChat({ host: "https://chat.example", site: "pk_1" }));
if (effectScope().run(() => useChatStateOfVue().value.unread) !== 0) throw new Error("there is nothing here");

const { PORCHLIGHT_SECRET: secret, PORCHLIGHT_SITE: site } = process.env;
console.log(await signUser(secret, { sub: "user-42", name: "Ann\"a Ü 🌿" }, { keyId: "ik_sample" }));
console.log(await userHash(secret, site, "user-42"));
