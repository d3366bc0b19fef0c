import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import type { HttpBindings } from "@hono/node-server";
import type { Hono } from "hono";
import type { WebSocketServer } from "ws";
import { BOUNDS } from "../domain/bounds.ts";
import { Fault } from "../domain/fault.ts";
import { problemOf } from "./problem.ts";

/**
 * Sends what refused an upgrade whole, at any address: the server's own answer to one is a status without a body. It MUST be
 * told to the app before whatever may refuse.
 */
export function refusals(app: Hono): void {
  app.use(async (c, next) => {
    await next();
    const { incoming, outgoing } = c.env as HttpBindings;
    // An upgrade has a socket and nothing to answer through.
    if (outgoing !== undefined || c.res.status < 400) return;
    await refuse(incoming.socket, c.res.status, Object.fromEntries(c.res.headers), await c.res.text());
  });
}

/** The same for a request that asks for an upgrade and shakes hands as no WebSocket does. */
export function refuseHandshakes(server: WebSocketServer, count: (fault: Fault) => void): void {
  server.on("wsClientError", ({ message }, socket) => {
    const fault = new Fault(
      "unsupported_protocol",
      `that is no WebSocket handshake (RFC 6455): ${message}; use a WebSocket library`,
    );
    count(fault);
    const { status, headers, body } = problemOf(fault);
    void refuse(socket, status, { ...headers, "sec-websocket-version": "13" }, body);
  });
}

/**
 * Resolves when the socket is gone, so that nobody answers it again. What comes behind the request is read and let go of, until
 * the peer has heard and ends: bytes that nobody took would reset the connection, and the answer with it.
 */
async function refuse(
  socket: Duplex,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string,
): Promise<void> {
  if (socket.destroyed) return;
  const all = { ...headers, connection: "close", "content-length": String(Buffer.byteLength(body)) };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.resume();
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\n${lines.join("")}\r\n${body}`);
  await new Promise<void>((gone) => {
    const timer = setTimeout(() => socket.destroy(), BOUNDS.linger_ms);
    socket.once("close", () => {
      clearTimeout(timer);
      gone();
    });
  });
}
