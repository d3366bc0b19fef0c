import { connect } from "@nats-io/transport-node";

/** A NATS server that may be used. */
export const NATS = process.env.PARLEY_TEST_NATS ?? "nats://127.0.0.1:4222";

/** Whether it answers; with `PARLEY_REQUIRE_ALL=1` it has to. */
export async function natsIsThere(): Promise<boolean> {
  try {
    const connection = await connect({ servers: new URL(NATS).host, timeout: 2_000, reconnect: false });
    await connection.close();
    return true;
  } catch (cause) {
    if (process.env.PARLEY_REQUIRE_ALL === "1")
      throw new Error(`no NATS server answers at ${NATS}`, { cause });
    process.stderr.write(`no NATS server answers at ${NATS}: the tests that need one are skipped\n`);
    return false;
  }
}
