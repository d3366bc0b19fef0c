import { expect, it } from "vitest";
import { Peer, startGateway } from "../harness.ts";
import { newId, offered, taking } from "../session/buying.ts";
import { scraped, sumOf } from "./exposition.ts";
import { isThere, postgresDatabase } from "./postgres/knowledge.ts";

/** What a gateway says stands open once an order was bound and another product is held by a read-back. */
async function counted(env: Record<string, string>): Promise<Record<string, number>> {
  const gateway = await startGateway({
    ...env,
    PARLEY_WEBHOOK_URL: "http://127.0.0.1:9/",
    PARLEY_WEBHOOK_ALLOW: "127.0.0.1",
  });
  try {
    const peer = await Peer.open(gateway.ws);
    await peer.next("welcome");
    await peer.say({ id: newId(), act: taking(await offered(peer, "CH-AM-GRY")) });
    let seen = await scraped(gateway.url);
    // The first attempt to deliver it fails, and it waits for the next.
    for (const end = Date.now() + 60_000; sumOf(seen, "parley_outbox_items", { state: "later" }) === 0; ) {
      if (Date.now() > end) break;
      await new Promise((later) => setTimeout(later, 50));
      seen = await scraped(gateway.url);
    }
    const of = (name: string, labels: object = {}) => sumOf(seen, `parley_${name}`, labels);
    expect(of("open_orders_expire_seconds", { status: "pending" })).toBeGreaterThan(0);
    return {
      readable: of("store_readable"),
      pending: of("open_orders", { status: "pending" }),
      approvals: of("open_orders", { status: "approval_pending" }),
      later: of("outbox_items", { state: "later" }),
      dead: of("outbox_items", { state: "dead" }),
      appends: of("append_seconds", { outcome: "appended" }),
      commits: Math.sign(of("store_commit_seconds")),
      groups: Math.sign(of("store_group_writes")),
    };
  } finally {
    await gateway.stop();
    gateway.remove();
  }
}

const OPEN = { readable: 1, pending: 1, approvals: 0, later: 1, dead: 0, appends: 2, commits: 1, groups: 1 };

it("what stands open in the embedded store is counted", async () => {
  expect(await counted({})).toEqual(OPEN);
});

it.runIf(await isThere())("what stands open in PostgreSQL is counted alike", async () => {
  const database = await postgresDatabase();
  try {
    expect(await counted({ PARLEY_STORE: database.url })).toEqual(OPEN);
  } finally {
    await database.drop();
  }
});
