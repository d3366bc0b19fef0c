import type { Socket } from "node:net";
import { type HttpBindings, upgradeWebSocket, type WebSocketServerLike } from "@hono/node-server";
import type { Context, Hono } from "hono";
import { type WebSocket, WebSocketServer } from "ws";
import { BOUNDS } from "../domain/bounds.ts";
import { Fault, type FaultCode } from "../domain/fault.ts";
import { SUBPROTOCOL } from "../protocol/frames.ts";
import { admit, type Door } from "../session/admission.ts";
import { Connection } from "../session/connection.ts";
import type { Gateway } from "../session/gateway.ts";
import { bearer, problem } from "./problem.ts";

export interface WebSocketOptions {
  readonly door: Door;
  /** Origins of pages that may connect, beside the gateway's own; `*` for any. */
  readonly origins: readonly string[];
  readonly messages_per_minute: number;
  readonly connections: number;
}

export interface WebSocketTransport {
  /** For the HTTP server to hand upgrades to. */
  readonly server: WebSocketServerLike;
  /** Tells every peer to come back within `spread_ms`, then closes what is left. */
  drain(spread_ms: number): Promise<void>;
}

/** Serves `parley.v1` at `/v1/ws`. What can be refused is refused before the upgrade, with an HTTP status. */
export function websocket(app: Hono, gateway: Gateway, options: WebSocketOptions): WebSocketTransport {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: BOUNDS.frame_bytes,
    maxFragments: BOUNDS.frame_fragments,
    perMessageDeflate: false,
    handleProtocols: () => SUBPROTOCOL,
  });
  const open = new Map<WebSocket, { connection: Connection; alive: number }>();

  const beat = setInterval(() => {
    for (const [socket, peer] of open) {
      peer.alive -= 1;
      if (peer.alive < 0)
        peer.connection.fail(new Fault("heartbeat_missed", "no pong came; connect again and resume"));
      else socket.ping();
    }
  }, BOUNDS.heartbeat_ms).unref();

  app.get(
    "/v1/ws",
    async (c, next) => {
      const refused = refusal(c, options, gateway, open.size);
      if (refused) return problem(c, refused);
      return next();
    },
    upgradeWebSocket((c) => ({
      onOpen: (_, { raw }) => {
        const socket = raw as WebSocket;
        const { incoming } = c.env as HttpBindings;
        const peer = { connection: serve(socket, incoming.socket, gateway, options, bearer(c)), alive: 2 };
        open.set(socket, peer);
        gateway.house.meter.connections(1);
        socket.on("pong", () => {
          peer.alive = 2;
        });
        socket.on("close", () => {
          open.delete(socket);
          gateway.house.meter.connections(-1);
        });
      },
    })),
  );

  return {
    // ws types its options as optional; a server made with `noServer` fits.
    server: server as unknown as WebSocketServerLike,
    drain: async (spread_ms) => {
      clearInterval(beat);
      for (const { connection } of open.values()) connection.reconnect(Math.floor(Math.random() * spread_ms));
      await new Promise((resolve) => setTimeout(resolve, 50));
      for (const [socket, { connection }] of open) {
        connection.fail(new Fault("draining", "the gateway is going away; connect again and resume"));
        setTimeout(() => socket.terminate(), 1_000).unref();
      }
      server.close();
    },
  };
}

function refusal(c: Context, options: WebSocketOptions, gateway: Gateway, open: number): Fault | null {
  if (gateway.draining) return new Fault("draining", "the gateway is going away; connect again");
  if (open >= options.connections)
    return new Fault("too_many_sessions", "every connection is taken; come back later");
  if (c.req.header("upgrade")?.toLowerCase() !== "websocket") {
    return new Fault(
      "unsupported_protocol",
      `open this address as a WebSocket with subprotocol ${SUBPROTOCOL}`,
    );
  }
  const offered = (c.req.header("sec-websocket-protocol") ?? "").split(",").map((name) => name.trim());
  if (!offered.includes(SUBPROTOCOL)) {
    return new Fault("unsupported_protocol", `ask for the WebSocket subprotocol ${SUBPROTOCOL}`);
  }
  const origin = c.req.header("origin");
  if (origin && !originAllowed(origin, c.req.header("host"), options.origins)) {
    return new Fault("origin_refused", "pages of this origin may not connect; the vendor can allow it");
  }
  const key = bearer(c);
  if (key === undefined || key === options.door.staff_token) return null;
  try {
    admit(options.door, "buyer", key, "machine");
    return null;
  } catch (error) {
    return error instanceof Fault
      ? error
      : new Fault("internal", "the key could not be checked", { cause: error });
  }
}

export function originAllowed(origin: string, host: string | undefined, allowed: readonly string[]): boolean {
  if (allowed.includes("*") || allowed.includes(origin)) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}

/** Wires a socket to a connection. Frames of one tick are corked into one write. */
function serve(
  socket: WebSocket,
  net: Socket,
  gateway: Gateway,
  options: WebSocketOptions,
  key: string | undefined,
): Connection {
  let corked = false;
  const uncork = () => {
    corked = false;
    net.uncork();
  };
  const connection = new Connection(
    gateway,
    {
      send: (text, sent) => {
        if (socket.readyState !== socket.OPEN) {
          sent?.();
          return;
        }
        if (!corked) {
          corked = true;
          net.cork();
          process.nextTick(uncork);
        }
        socket.send(text, sent);
      },
      close: (code, reason) => socket.close(code, reason),
      buffered: () => socket.bufferedAmount,
    },
    { door: options.door, key, messages_per_minute: options.messages_per_minute },
  );
  socket.on("message", (data, isBinary) => {
    if (isBinary) connection.fail(new Fault("binary_frame", "send text messages; binary ones are not read"));
    else connection.receive(String(data));
  });
  socket.on("close", () => connection.gone());
  socket.on("error", (error: Error & { code?: string }) => {
    // ws has sent the close frame of a broken message itself; here it is only counted.
    gateway.house.meter.fault(BROKEN[error.code ?? ""] ?? "protocol_violation");
    connection.gone();
  });
  return connection;
}

/** What ws finds wrong with a message, as the fault of PROTOCOL.md whose close code it sends. */
const BROKEN: Readonly<Record<string, FaultCode>> = {
  WS_ERR_INVALID_UTF8: "bad_encoding",
  WS_ERR_UNSUPPORTED_MESSAGE_LENGTH: "frame_too_large",
  WS_ERR_TOO_MANY_BUFFERED_PARTS: "too_many_fragments",
};
