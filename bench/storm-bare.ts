import { WebSocketServer } from "ws";

/** What a resume is measured against: so many messages of so many bytes to whoever says anything, and nothing else. */
const [messages = 0, bytes = 0] = process.argv.slice(2).map(Number);
const frame = JSON.stringify({ padding: "x".repeat(Math.max(0, bytes - '{"padding":""}'.length)) });
const server = new WebSocketServer({ port: 0, host: "127.0.0.1", perMessageDeflate: false }, () => {
  const address = server.address();
  if (typeof address === "object" && address) process.stdout.write(`ws://127.0.0.1:${address.port}/\n`);
});
server.on("connection", (socket) => {
  socket.once("message", () => {
    for (let n = 0; n < messages; n++) socket.send(frame);
  });
});
process.once("SIGTERM", () => process.exit(0));
