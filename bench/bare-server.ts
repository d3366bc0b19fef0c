import { serve, upgradeWebSocket, type WebSocketServerLike } from "@hono/node-server";
import { Hono } from "hono";
import { type WebSocket, WebSocketServer } from "ws";

/** What the gateway's start is measured against: the same three libraries, a welcome, and an answer to one message. */
const app = new Hono();
app.get(
  "/v1/ws",
  upgradeWebSocket(() => ({
    onOpen: (_, { raw }) => {
      const socket = raw as WebSocket;
      socket.send(JSON.stringify({ type: "welcome" }));
      socket.on("message", (data) =>
        socket.send(
          JSON.stringify({ type: "event", event: { kind: "reply", re: JSON.parse(String(data)) } }),
        ),
      );
    },
  })),
);
const server = new WebSocketServer({ noServer: true, handleProtocols: () => "parley.v1" });
serve(
  {
    fetch: app.fetch,
    hostname: "127.0.0.1",
    port: 0,
    websocket: { server: server as unknown as WebSocketServerLike },
  },
  ({ port }) => process.stdout.write(`ws://127.0.0.1:${port}/v1/ws\n`),
);
process.once("SIGTERM", () => process.exit(0));
