import type { Socket } from "node:net";
import { type HttpBindings, upgradeWebSocket, type WebSocketServerLike } from "@hono/node-server";
import type { Context, Hono } from "hono";
import { type RawData, type WebSocket, WebSocketServer } from "ws";
import { BOUNDS } from "../domain/bounds.ts";
import { Fault } from "../domain/fault.ts";
import { asFault } from "../protocol/codec.ts";
import { SUBPROTOCOL, TICKET_PROTOCOL } from "../protocol/frames.ts";
import { type Door, type Identity, identify, isStaff } from "../session/admission.ts";
import type { EntranceOptions } from "../session/entrance.ts";
import type { Gateway } from "../session/gateway.ts";
import type { Guests } from "../session/guests.ts";
import type { Visit } from "../session/visit.ts";
import { addressOf, type Proxies } from "./address.ts";
import { originAllowed } from "./origin.ts";
import { Peer } from "./peer.ts";
import { bearer, problem } from "./problem.ts";
import { refuseHandshakes } from "./refusal.ts";
import { signedRequest } from "./signed.ts";
import { staffOnSocket } from "./staff-access.ts";
import { ReadableSocket } from "./unreadable.ts";

export interface WebSocketOptions {
  readonly door: Door;
  readonly guests: Guests;
  readonly proxies: Proxies;
  readonly public_url?: string | undefined;
  /** Origins of pages that may connect, beside the gateway's own; `*` for any. */
  readonly origins: readonly string[];
  readonly connections: number;
}

export interface WebSocketTransport {
  /** For the HTTP server to hand upgrades to. */
  readonly server: WebSocketServerLike;
  /** Bytes that peers have not taken yet. */
  buffered(): number;
  /** Tells every peer to come back within `spread_ms`, then closes what is left. */
  drain(spread_ms: number): Promise<void>;
}

/** Serves `parley.v1` at `/v1/ws`. What can be refused is refused before the upgrade, with a problem. */
export function websocket(app: Hono, gateway: Gateway, options: WebSocketOptions): WebSocketTransport {
  const server = new WebSocketServer({
    noServer: true,
    WebSocket: ReadableSocket,
    maxPayload: BOUNDS.frame_bytes,
    maxFragments: BOUNDS.frame_fragments,
    perMessageDeflate: false,
    // Who is here is known below.
    clientTracking: false,
    handleProtocols: () => SUBPROTOCOL,
  });
  const count = ({ code }: Fault) => {
    gateway.house.meter.fault(code);
    gateway.house.meter.refused(code);
  };
  refuseHandshakes(server, count);
  const open = new Map<WebSocket, Peer>();
  const listeners = listenersTo(open, gateway);

  const beat = setInterval(() => {
    for (const peer of open.values()) peer.beat();
  }, BOUNDS.ping_ms).unref();

  const arrived = new WeakMap<Socket, Visit>();
  function ended(this: Socket): void {
    arrived.get(this)?.left();
  }
  /**
   * Counted once for each TCP connection, and until that ends, whatever becomes of the upgrade. A proxy's connection may
   * serve one address after another: then it is the later one's.
   */
  const arrive = (c: Context): Visit => {
    const { socket } = (c.env as HttpBindings).incoming;
    const address = addressOf(socket.remoteAddress, c.req.header("x-forwarded-for"), options.proxies);
    const before = arrived.get(socket);
    if (before?.address === address) {
      options.guests.opening(address);
      return before;
    }
    const visit = options.guests.arrive(address);
    before?.left();
    arrived.set(socket, visit);
    if (!before) socket.on("close", ended);
    return visit;
  };

  // Apart from the upgrade, whose request would live as long as the listeners made beside it.
  const enter = (socket: WebSocket, net: Socket, comes: EntranceOptions, traceparent: string | undefined) => {
    open.set(socket, new Peer(socket, net, gateway, comes, traceparent));
    gateway.house.meter.connections(1);
    for (const [name, listener] of listeners) socket.on(name, listener);
    onlyOurs(socket);
  };

  app.get(
    "/v1/ws",
    async (c, next) => {
      try {
        mayUpgrade(c, options, gateway, open.size);
        const visit = arrive(c);
        const identity = await shownBy(c, options);
        if (identity) options.guests.mustBeWelcome(identity.principal);
        arrivals.set(c.req.raw, { visit, identity, staff: staffOnSocket(c, options) });
      } catch (error) {
        const fault = asFault(error);
        count(fault);
        return problem(c, fault);
      }
      return next();
    },
    upgradeWebSocket((c) => ({
      onOpen: (_, { raw }) => {
        const { incoming } = c.env as HttpBindings;
        const came = arrivals.get(c.req.raw);
        if (!came) throw new TypeError("an upgrade that nobody looked at");
        const comes = { ...came, door: options.door, key: bearer(c), origin: c.req.header("origin") };
        enter(raw as WebSocket, incoming.socket, comes, c.req.header("traceparent"));
      },
    })),
  );

  return {
    // ws types its options as optional; a server made with `noServer` fits.
    server: server as unknown as WebSocketServerLike,
    buffered: () => open.keys().reduce((sum, { bufferedAmount }) => sum + bufferedAmount, 0),
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

/** Who was let through to be upgraded, by its request. */
const arrivals = new WeakMap<Request, Pick<EntranceOptions, "visit" | "identity" | "staff">>();

/** Throws what stands against an upgrade before anything is looked up. */
function mayUpgrade(c: Context, options: WebSocketOptions, gateway: Gateway, open: number): void {
  if (gateway.draining) throw new Fault("draining", "the gateway is going away; connect again");
  if (open >= options.connections)
    throw new Fault("too_many_sessions", "every connection is taken; come back later");
  if (c.req.header("upgrade")?.toLowerCase() !== "websocket") {
    throw new Fault(
      "unsupported_protocol",
      `open this address as a WebSocket with subprotocol ${SUBPROTOCOL}`,
    );
  }
  if (!offeredBy(c).includes(SUBPROTOCOL))
    throw new Fault("unsupported_protocol", `ask for the WebSocket subprotocol ${SUBPROTOCOL}`);
  const origin = c.req.header("origin");
  if (origin && !originAllowed(origin, c.req.header("host"), options.origins, options.public_url)) {
    throw new Fault("origin_refused", "pages of this origin may not connect; the vendor can allow it");
  }
  // Every browser says where a page is from; what has its cookies and does not say so is not to be trusted.
  if (!origin && c.req.header("cookie"))
    throw new Fault("origin_refused", "a request with cookies must say its Origin; send it without");
}

/** Who the request itself shows: by signature, ticket, token or key. Staff's own token is for its hello to use. */
async function shownBy(c: Context, { door, public_url }: WebSocketOptions): Promise<Identity | null> {
  const request = signedRequest(c, public_url, null);
  const key = bearer(c) ?? ticketOf(c);
  if (!request && isStaff(door, key)) return null;
  return identify(door, { key, origin: c.req.header("origin"), request });
}

function offeredBy(c: Context): string[] {
  return (c.req.header("sec-websocket-protocol") ?? "").split(",").map((name) => name.trim());
}

/** A browser can add nothing to an upgrade but subprotocols: a ticket comes as one, and is never chosen. */
function ticketOf(c: Context): string | undefined {
  const offered = offeredBy(c).find((name) => name.startsWith(TICKET_PROTOCOL));
  return offered?.slice(TICKET_PROTOCOL.length);
}

const LISTENED = ["message", "close", "error"] as const;

/**
 * Takes off what the helper that called us adds once we return: it has nobody to tell, and would keep the whole request, its
 * URL and headers, for as long as the socket is open.
 */
function onlyOurs(socket: WebSocket): void {
  const ours = new Set(LISTENED.flatMap((name) => socket.listeners(name)));
  queueMicrotask(() => {
    for (const name of LISTENED) {
      for (const listener of socket.listeners(name)) {
        if (!ours.has(listener)) socket.off(name, listener as () => void);
      }
    }
  });
}

/** The same for every socket: one that is idle is to cost no functions of its own. */
function listenersTo(open: Map<WebSocket, Peer>, gateway: Gateway) {
  return Object.entries({
    message(this: WebSocket, data: RawData, isBinary: boolean) {
      open.get(this)?.heard(data, isBinary);
    },
    pong(this: WebSocket) {
      open.get(this)?.pong();
    },
    unreadable(this: WebSocket, fault: Fault) {
      open.get(this)?.unreadable(fault);
    },
    error(this: WebSocket) {
      open.get(this)?.connection.gone();
    },
    close(this: WebSocket) {
      open.get(this)?.connection.gone();
      open.delete(this);
      gateway.house.meter.connections(-1);
    },
  });
}
