// npm's socket.io in one Node process, with a synchronous SQLite: a commit for every message, durable as a Durable
// Object's is.
import { createServer } from "node:http";
import { DatabaseSync } from "node:sqlite";

import { Server } from "socket.io";

const [port, data] = process.argv.slice(2);
const database = new DatabaseSync(`${data}/messages.sqlite`);
database.exec("PRAGMA journal_mode = WAL");
database.exec("PRAGMA synchronous = FULL");
database.exec(`CREATE TABLE message
  (seq INTEGER PRIMARY KEY, room TEXT NOT NULL, at INTEGER NOT NULL, text TEXT NOT NULL) STRICT`);
const insert = database.prepare("INSERT INTO message (room, at, text) VALUES (?, ?, ?)");

const server = createServer();
const io = new Server(server, { transports: ["websocket"] });
io.on("connection", (socket) => {
  const room = socket.handshake.query.room;
  socket.join(room);
  socket.on("message", (text) => {
    insert.run(room, Date.now(), text);
    io.to(room).emit("message", text);
  });
});
server.listen(Number(port), "127.0.0.1");
