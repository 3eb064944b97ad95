import { createApp, defineComponent, h } from "vue";
import { createChat, useChat, useChatEvent, useChatState } from "@porchlight/widget/vue";

const Help = defineComponent(() => {
  const chat = useChat();
  const state = useChatState();
  useChatEvent("open", ({ via }) => console.log(via));
  return () => h("button", { onClick: () => chat.open() }, String(state.value.unread));
});

createApp(Help).use(createChat({ host: "https://chat.example", site: "pk_1" }));
