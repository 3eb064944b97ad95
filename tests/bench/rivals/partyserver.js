// npm's partyserver with the same insert and the same broadcast as bare-object.js.
import { routePartykitRequest, Server } from "partyserver";

const TABLE =
  "CREATE TABLE IF NOT EXISTS message (seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, text TEXT NOT NULL) STRICT";

export class Room extends Server {
  static options = { hibernate: true };

  onStart() {
    this.ctx.storage.sql.exec(TABLE);
  }

  onMessage(_, text) {
    this.ctx.storage.sql.exec("INSERT INTO message (at, text) VALUES (?, ?)", Date.now(), text);
    this.broadcast(text);
  }
}

export default {
  async fetch(request, env) {
    return (await routePartykitRequest(request, env)) ?? new Response("Not found", { status: 404 });
  },
};
