import { type ConnectionOptions, connect, type NatsConnection } from "@nats-io/transport-node";
import { type Bus, Hint } from "../../ports/bus.ts";
import type { Log } from "../../ports/log.ts";

/**
 * Hints over core NATS, subject `parley.<vendor>.hints`: at most once, kept nowhere. `url` is
 * `nats://[user:password@ or token@]host:port`, or `tls://...`. Resolves before there is a connection: hints are lost
 * until then, as they are whenever it breaks.
 */
export async function openNatsBus(url: string, vendor: string, log: Log): Promise<Bus> {
  const subject = `parley.${vendor}.hints`;
  const listeners = new Set<(hint: Hint) => void>();
  const at = new URL(url).host;
  let connection: NatsConnection | null = null;
  let up = false;
  let closed = false;

  const hear = (data: Uint8Array) => {
    const hint = hintOf(data);
    if (hint) for (const listener of [...listeners]) listener(hint);
  };
  const watch = async (made: NatsConnection) => {
    for await (const status of made.status()) {
      // What is said meanwhile would wait in memory for the reconnect, and be old by then.
      if (status.type === "disconnect" || status.type === "reconnect") up = status.type === "reconnect";
      if (status.type === "disconnect")
        log.warn({ bus: at }, "the bus is gone; the store is looked at instead");
      if (status.type === "reconnect") log.info({ bus: at }, "the bus is back");
    }
    up = false;
  };
  // The library's own way to wait for the first connection cannot be ended: a node that stops would wait with it.
  const begin = async () => {
    for (let warned = false; !closed; warned = true) {
      try {
        connection = await connect(optionsFor(url));
        break;
      } catch (cause) {
        if (!warned)
          log.warn({ bus: at, cause: String(cause) }, "no bus yet; the store is looked at instead");
        await new Promise<void>((over) => {
          setTimeout(over, AGAIN_MS).unref();
        });
      }
    }
    if (closed || !connection) return connection?.close();
    up = true;
    connection.subscribe(subject, { callback: (error, message) => void (error ?? hear(message.data)) });
    void watch(connection);
    log.info({ bus: at }, "the bus is there");
  };
  void begin();

  return {
    say: (hint) => {
      if (up) connection?.publish(subject, JSON.stringify(hint));
    },
    hear: (listener) => {
      // One entry each time, so that a listener added twice ends twice.
      const own = (hint: Hint) => listener(hint);
      listeners.add(own);
      return () => void listeners.delete(own);
    },
    close: async () => {
      closed = true;
      if (up) await connection?.flush().catch(() => {});
      up = false;
      await connection?.close();
    },
  };
}

const AGAIN_MS = 1_000;

/** Every second anew, for ever: a bus that is away costs nothing but delay. */
function optionsFor(url: string): ConnectionOptions {
  const { protocol, host, username, password } = new URL(url);
  const name = decodeURIComponent(username);
  const secret = decodeURIComponent(password);
  return {
    servers: host,
    name: "parley",
    noEcho: true,
    maxReconnectAttempts: -1,
    ignoreAuthErrorAbort: true,
    reconnectTimeWait: AGAIN_MS,
    reconnectJitter: 500,
    timeout: 5_000,
    // A network that died without a word is noticed within half a minute.
    pingInterval: 10_000,
    ...(secret !== "" ? { user: name, pass: secret } : name !== "" ? { token: name } : {}),
    ...(protocol === "tls:" ? { tls: {} } : {}),
  };
}

/** What another version says and this one does not know is no hint. */
function hintOf(data: Uint8Array): Hint | null {
  try {
    const parsed = Hint.safeParse(JSON.parse(new TextDecoder().decode(data)));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
