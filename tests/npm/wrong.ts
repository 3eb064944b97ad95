// What must not compile.
import { chat } from "@porchlight/widget";

// @ts-expect-error there is no such method
chat.dance();
// @ts-expect-error there is no such event
chat.on("applause", () => {});
// @ts-expect-error a text is a text
void chat.sendMessage(1);
// @ts-expect-error what is said of a proof is one of three
void chat.identify({ proof: { password: "" } });
// @ts-expect-error where it stands is one of four
chat.setLauncher({ position: "middle" });
// @ts-expect-error the text of a message stands in no DOM event
addEventListener("porchlight:messageSent", (event) => console.log(event.detail.message.text));
// @ts-expect-error methods of the stub are methods
window.Porchlight?.("dance");
// @ts-expect-error a snapshot is not written
chat.state.open = true;
// @ts-expect-error there is no such word
chat.update({ strings: { applause: "" } });
