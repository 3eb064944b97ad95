import { chat, csp, load, type Chat, type ChatError, type Message, type State } from "@porchlight/widget";

const loaded: Promise<Chat> = load({
  host: "https://chat.example",
  site: "pk_1",
  load: "idle",
  launcher: { selector: ".ask", position: "left", offset: { x: 8 } },
  user: { id: "1", proof: { getJwt: async () => "" } },
  beforeSend: ({ text }) => (text ? { text } : false),
  onError: (error: ChatError) => console.log(error.code === "rate_limited", error.retryable),
  locale: "de-AT",
  scheme: "dark",
  strings: { send: "Ab damit", launcher_open: "Frag uns" },
});
loaded.then((it) => it.open({ focus: false }));

const sent: Promise<Message> = chat.sendMessage("Hello");
sent.catch((error: ChatError) => console.log(error.code));
const state: State = chat.state;
console.log(state.connection === "connected", chat.unread() + 1, chat.isOpen());

const end = chat.on("messageReceived", ({ message }) => console.log(message.text, message.author?.length), {
  signal: new AbortController().signal,
});
end();
chat.setLocale("ja").then(() => console.log(chat.state.locale?.length));
chat.on("localeChange", ({ locale }) => console.log(locale?.length));
addEventListener("porchlight:unreadChange", (event) => console.log(event.detail.unread + 1));
addEventListener("porchlight:messageSent", (event) => console.log(event.detail.message.id));

window.Porchlight?.("identify", { name: "Anna" });
window.Porchlight?.("identify", null);
window.PorchlightSettings = { mode: "inline", container: "#chat", storage: "session" };
console.log(csp("https://chat.example", "inline")["script-src"]);
