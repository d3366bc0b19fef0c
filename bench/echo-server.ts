import { WebSocketServer } from "ws";

/**
 * What the gateway is measured against: ws and JSON both ways and nothing else. Every message is parsed, written
 * again, and padded with blanks to as many bytes as the gateway's answers have.
 */
const bytes = Number(process.argv[2] ?? 0);
const server = new WebSocketServer({ port: 0, host: "127.0.0.1", perMessageDeflate: false }, () => {
  const address = server.address();
  if (typeof address === "object" && address) process.stdout.write(`ws://127.0.0.1:${address.port}/\n`);
});
server.on("connection", (socket) => {
  socket.on("message", (data) => socket.send(JSON.stringify(JSON.parse(String(data))).padEnd(bytes)));
});
process.once("SIGTERM", () => process.exit(0));
