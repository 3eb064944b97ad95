// The limit of this engine: a Durable Object that inserts what comes in, sends it to everybody, and does nothing else.
// A line that says "read" stands for a read mark.
import { DurableObject } from "cloudflare:workers";

const TABLES = [
  "CREATE TABLE IF NOT EXISTS message (seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, text TEXT NOT NULL) STRICT",
  "CREATE TABLE IF NOT EXISTS mark (person TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID",
];

export class Room extends DurableObject {
  constructor(state, env) {
    super(state, env);
    this.sql = state.storage.sql;
    for (const table of TABLES) this.sql.exec(table);
  }

  fetch() {
    const { 0: client, 1: server } = new WebSocketPair();
    this.ctx.acceptWebSocket(server);
    return new Response(null, { status: 101, webSocket: client });
  }

  webSocketMessage(_, text) {
    if (text.startsWith("read ")) this.sql.exec("INSERT OR REPLACE INTO mark VALUES (?, ?)", text, Date.now());
    else this.sql.exec("INSERT INTO message (at, text) VALUES (?, ?)", Date.now(), text);
    for (const socket of this.ctx.getWebSockets()) socket.send(text);
  }

  webSocketClose(socket) {
    socket.close();
  }
}

export default {
  fetch(request, env) {
    const room = env.ROOMS.idFromName(new URL(request.url).pathname);
    return env.ROOMS.get(room).fetch(request);
  },
};
