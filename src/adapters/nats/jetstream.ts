import {
  JetStreamApiCodes,
  JetStreamApiError,
  type JetStreamClient,
  jetstream,
  jetstreamManager,
  StorageType,
} from "@nats-io/jetstream";
import { connect, type NatsConnection, nanos } from "@nats-io/transport-node";
import type { Sink } from "../../ports/sink.ts";
import { payloadOf } from "../webhook/payload.ts";
import type { StreamAddress } from "./stream-address.ts";

/** How long the stream remembers ids, when it is made here: as long as the longest wait between two attempts. */
const REMEMBERS_MS = 24 * 3_600_000;
const TIMEOUT_MS = 5_000;
/** To connect, to look for the stream or make it, and to publish, with the library's one more try. */
const WITHIN_MS = 6 * TIMEOUT_MS;
/** What the library makes of a publish that no stream heard; it exports no class for it. */
const UNHEARD = "JetStreamNotEnabled";

/**
 * Publishes orders to a JetStream stream, under `STREAM.<topic>` (`ORDERS.order.bound`), as the payload a webhook has. The
 * `Nats-Msg-Id` is the item's id, so that the stream itself drops what comes again within its `duplicate_window`. Counts as
 * delivered once the stream acknowledged it. A stream that is not there is made, one that is there is used as it is.
 */
export function jetstreamSink({ server, stream, tls, login }: StreamAddress): Sink {
  let open: Promise<{ connection: NatsConnection; client: JetStreamClient }> | null = null;

  const opened = async () => {
    const connection = await connect({
      ...{ servers: server, name: "parley orders", timeout: TIMEOUT_MS, maxReconnectAttempts: -1 },
      ...(tls ? { tls: {} } : {}),
      ...login,
    });
    try {
      await haveStream(connection, stream);
      return { connection, client: jetstream(connection, { timeout: TIMEOUT_MS }) };
    } catch (error) {
      await connection.close();
      throw error;
    }
  };

  return {
    within_ms: WITHIN_MS,
    deliver: async (item) => {
      const subject = `${stream}.${item.topic}`;
      try {
        open ??= opened();
        const { client } = await open.catch((error: unknown) => {
          open = null;
          throw error;
        });
        await client.publish(subject, payloadOf(item), { msgID: item.id, expect: { streamName: stream } });
        return { outcome: "delivered" };
      } catch (error) {
        const unheard = error instanceof Error && error.name === UNHEARD;
        return { outcome: "failed", why: unheard ? `no stream takes the subject ${subject}` : String(error) };
      }
    },
    close: async () => {
      const was = await open?.catch(() => null);
      await was?.connection.close();
    },
  };
}

async function haveStream(connection: NatsConnection, name: string): Promise<void> {
  const { streams } = await jetstreamManager(connection, { timeout: TIMEOUT_MS });
  const found = await streams.info(name).catch((error: unknown) => {
    if (error instanceof JetStreamApiError && error.code === JetStreamApiCodes.StreamNotFound) return null;
    throw error;
  });
  if (found) return;
  await streams.add({
    ...{ name, subjects: [`${name}.>`], storage: StorageType.File },
    duplicate_window: nanos(REMEMBERS_MS),
  });
}
