import { WebSocketServer } from "ws";

/**
 * What the gateway is measured against: ws and JSON both ways and nothing else. Every message is parsed and written
 * again with a padding that makes it as many bytes as the gateway's answers have.
 */
const [received = 0, sent = 0] = process.argv.slice(2).map(Number);
const padding = "x".repeat(Math.max(0, sent - received - ',"padding":""'.length));
const server = new WebSocketServer({ port: 0, host: "127.0.0.1", perMessageDeflate: false }, () => {
  const address = server.address();
  if (typeof address === "object" && address) process.stdout.write(`ws://127.0.0.1:${address.port}/\n`);
});
server.on("connection", (socket) => {
  socket.on("message", (data) => {
    const message = JSON.parse(String(data)) as object;
    socket.send(JSON.stringify({ ...message, padding }));
  });
});
process.once("SIGTERM", () => process.exit(0));
