// npm's ws in one Node process, with a synchronous SQLite: what a Durable Object is not needed for.
import { DatabaseSync } from "node:sqlite";

import { WebSocketServer } from "ws";

const [port, data] = process.argv.slice(2);
const database = new DatabaseSync(`${data}/messages.sqlite`);
database.exec("PRAGMA journal_mode = WAL");
database.exec("PRAGMA synchronous = FULL");
database.exec(`CREATE TABLE message
  (seq INTEGER PRIMARY KEY, room TEXT NOT NULL, at INTEGER NOT NULL, text TEXT NOT NULL) STRICT`);
const insert = database.prepare("INSERT INTO message (room, at, text) VALUES (?, ?, ?)");

const rooms = new Map();
const server = new WebSocketServer({ port: Number(port), host: "127.0.0.1" });
server.on("connection", (socket, request) => {
  const room = request.url;
  if (!rooms.has(room)) rooms.set(room, new Set());
  const members = rooms.get(room).add(socket);
  socket.on("message", (bytes) => {
    const text = bytes.toString();
    insert.run(room, Date.now(), text);
    for (const member of members) member.send(text);
  });
  socket.on("close", () => members.delete(socket));
});
