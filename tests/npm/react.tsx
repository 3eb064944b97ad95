import { ChatProvider, useChat, useChatEvent, useChatState } from "@porchlight/widget/react";

function Help() {
  const chat = useChat();
  const { unread } = useChatState();
  useChatEvent("messageReceived", ({ message }) => console.log(message.author));
  return <button onClick={() => chat.toggle()}>Help {unread}</button>;
}

export function App() {
  return (
    <ChatProvider host="https://chat.example" site="pk_1" user={{ id: "1", proof: { jwt: "" } }}>
      <Help />
    </ChatProvider>
  );
}
