import { readFileSync } from "node:fs";
import { beforeEach, describe, expect, it } from "vitest";
import { openAudit } from "../../src/app/audit-home.ts";
import { eraseAgain } from "../../src/app/erase-again.ts";
import type { Party } from "../../src/domain/party.ts";
import { erasePrincipal, eraseSession } from "../../src/session/erase.ts";
import { EXPORTED, exported } from "../../src/session/export.ts";
import { answerOrder, decideApproval } from "../../src/session/orders.ts";
import { dropRecords, sweep } from "../../src/session/retention.ts";
import { type AuditedHouse, act, openAudited, shopped } from "./audited-house.ts";
import { newId } from "./buying.ts";
import { BUYER, OPENING } from "./opened-house.ts";

const DAY = 86_400_000;
const KIM: Party = { principal: "key:kim", kind: "machine", tier: "api_key" };

let house: AuditedHouse;
beforeEach(async () => {
  house = await openAudited();
  return () => house.close();
});

const erase = (session: string) => eraseSession(session, "asked", house.eraser);
const due = async () =>
  (await house.store.lease("receiver", "9999", 100, "9999")).map(({ id, topic }) => [topic, id]);
const texts = async (session: string) => (await house.store.read(session, 0, 100)).map(({ json }) => json);

describe("an erased session", () => {
  it("leaves a receipt that names no person, the chain, and a money record", async () => {
    const { session, intent } = await shopped(house, KIM);
    await answerOrder(house.gateway, intent.id, { status: "accepted" });
    const { receipt, jws } = await erase(session.id);
    const head = await house.store.head(session.id);
    expect(receipt).toMatchObject({
      ...{ session: session.id, why: "asked", head, at: "2030-05-06T07:08:09.000Z" },
      orders: [{ id: intent.id, status: "accepted", total: intent.total, currency: intent.currency }],
    });
    expect(JSON.stringify(receipt)).not.toContain("kim");
    expect(JSON.parse((await house.eraser.signer.verify(jws)) ?? "")).toEqual(receipt);
    expect(new Set(await texts(session.id))).toEqual(new Set(['{"kind":"erased"}']));
    const [record] = await house.store.intentsOf(session.id);
    const money = JSON.parse(record?.payload ?? "{}");
    expect(money).toMatchObject({ id: intent.id, erased: true, ship_to: { country: "US" } });
    expect(money).toMatchObject({ totals: { total: intent.total }, buyer: { principal: receipt.pseudonym } });
    expect(record?.payload).not.toMatch(/Ada|Main Street|example|45501|Springfield|kim/);
    expect(record).toMatchObject({ total: intent.total, status: "accepted", jws: null });
    expect(house.forgotten).toEqual([intent.id]);
  });

  it("gives the same answer when it is erased again, also once it is forgotten", async () => {
    const { session } = await shopped(house);
    const first = await erase(session.id);
    house.pass(DAY);
    expect(await erase(session.id)).toEqual(first);
    await house.store.forget(session.id);
    expect(await erase(session.id)).toEqual(first);
    await expect(erase("ses_nobody")).rejects.toMatchObject({ code: "unknown_session" });
  });

  it("gives two who erase it at once the one receipt that is kept, whoever came first, also where one forgets it", async () => {
    const { session } = await shopped(house);
    const both = await Promise.all([
      eraseSession(session.id, "asked", house.eraser),
      eraseSession(session.id, "retention", house.eraser),
    ]);
    const kept = await house.store.receipt(session.id);
    expect(both.map(({ jws }) => jws)).toEqual([kept, kept]);
    expect(await house.findings()).toEqual([]);

    const second = (await shopped(house)).session;
    const slow = {
      ...house.eraser,
      store: {
        ...house.store,
        session: async (id: string) => {
          const record = await house.store.session(id);
          await erase(id);
          await house.store.forget(id);
          return record;
        },
      },
    };
    const { jws } = await eraseSession(second.id, "retention", slow);
    expect(jws).toBe(await house.store.receipt(second.id));
  });

  it("has its unanswered orders cancelled first: goods go back, and the vendor's system is told", async () => {
    const before = house.stock("HS-B1");
    const { session, intent } = await shopped(house, BUYER, "HS-B1", 2);
    expect(house.stock("HS-B1")).toBe(before - 2);
    const { receipt } = await erase(session.id);
    expect(receipt.orders).toMatchObject([{ id: intent.id, status: "cancelled" }]);
    expect(house.stock("HS-B1")).toBe(before);
    expect(await due()).toEqual([
      ["order.cancelled", `${intent.id}.cancelled`],
      ["session.erased", `${session.id}.erased`],
    ]);
  });

  it("has approvals nobody gave refused, of which the vendor's system never heard", async () => {
    const { session, intent } = await shopped(house, BUYER, "DS-P120", 40);
    expect(intent.status).toBe("approval_pending");
    const { receipt } = await erase(session.id);
    expect(receipt.orders).toMatchObject([{ status: "cancelled" }]);
    expect((await due()).map(([topic]) => topic)).toEqual(["session.erased"]);
    const late = decideApproval(house.gateway, intent.id, { verdict: "approve" }, "staff:operator");
    await expect(late).rejects.toMatchObject({ code: "session_erased" });
  });

  it("tells of a cancellation once more that may not have arrived yet", async () => {
    const { session, intent } = await shopped(house);
    await act(house, session, { act: "cancel_order", intent: intent.id });
    await erase(session.id);
    expect(await due()).toContainEqual(["order.cancelled", `${intent.id}.cancelled`]);
  });

  it("lets an accepted order be executed or cancelled, with nobody left to tell", async () => {
    const [one, other] = [await shopped(house), await shopped(house)];
    const before = house.stock("HS-B1");
    for (const { session, intent } of [one, other]) {
      await answerOrder(house.gateway, intent.id, { status: "accepted" });
      await erase(session.id);
    }
    expect(await answerOrder(house.gateway, one.intent.id, { status: "executed" })).toBe("executed");
    expect(await answerOrder(house.gateway, one.intent.id, { status: "executed" })).toBe("executed");
    expect(await answerOrder(house.gateway, other.intent.id, { status: "cancelled" })).toBe("cancelled");
    expect(house.stock("HS-B1")).toBe(before + 1);
    const late = answerOrder(house.gateway, other.intent.id, { status: "executed" });
    await expect(late).rejects.toMatchObject({ code: "order_status_conflict" });
    expect(await house.findings()).toEqual([]);
  });

  it("is session_erased to whoever comes back, by its secret, its key or as staff, also once forgotten", async () => {
    const { session, secret } = await house.gateway.open(OPENING, BUYER, "a key of 16 letters");
    await act(house, session, { act: "greet" });
    await erase(session.id);
    const code = { code: "session_erased" };
    const back = house.again();
    const { epoch } = house.store;
    for (let n = 0; n < 2; n++) {
      await expect(back.resume({ session: session.id, secret, epoch, seq: 1 })).rejects.toMatchObject(code);
      await expect(back.enter(session.id, "a wrong secret")).rejects.toMatchObject(code);
      if (n === 0) await expect(back.find(session.id)).rejects.toMatchObject(code);
      if (n === 0) await expect(back.open(OPENING, BUYER, "a key of 16 letters")).rejects.toMatchObject(code);
      await house.store.forget(session.id);
    }
  });

  it("is erased to a replay, which decides the others again", async () => {
    const [gone, kept] = [await shopped(house), await shopped(house)];
    await erase(gone.session.id);
    expect(await house.replayed(gone.session.id)).toMatchObject({ erased: true, differences: [] });
    expect(await house.replayed(kept.session.id)).toMatchObject({ turns: 3, differences: [] });
  });

  it("takes nothing more from a writer that has it in memory", async () => {
    const { session } = await shopped(house);
    await erase(session.id);
    const told: string[] = [];
    session.watch({ streams: false, event: () => {}, delta: () => {}, end: ({ code }) => told.push(code) });
    const said = session.submit({ id: newId(), act: { act: "greet" } }, null);
    await expect(said).rejects.toMatchObject({ code: "session_erased" });
    expect(told).toContain("session_erased");
    const reloaded = house.gateway.find(session.id);
    await expect(reloaded).rejects.toMatchObject({ code: "session_erased" });
    expect(new Set(await texts(session.id))).toEqual(new Set(['{"kind":"erased"}']));
  });

  it("is over for whoever is in it on another node, as soon as that looks", async () => {
    const { session } = await shopped(house);
    const there = await house.again().find(session.id);
    const told: string[] = [];
    there.watch({ streams: false, event: () => {}, delta: () => {}, end: ({ code }) => told.push(code) });
    await erase(session.id);
    // What every node asks the store for, of all that it watches.
    const { [session.id]: seq = 0 } = await house.store.heads([session.id]);
    expect(seq).toBeGreaterThan(there.state.seq);
    await expect(there.look(seq)).rejects.toMatchObject({ code: "session_erased" });
    expect(told).toEqual(["session_erased"]);
  });

  it("is erased whole while somebody is talking in it", async () => {
    const { session } = await shopped(house);
    const talk = Promise.allSettled(
      Array.from({ length: 12 }, () => session.submit({ id: newId(), act: { act: "help" } }, null)),
    );
    const { receipt } = await erase(session.id);
    await talk;
    const all = await texts(session.id);
    expect(new Set(all)).toEqual(new Set(['{"kind":"erased"}']));
    expect(receipt.head.seq).toBe(all.length);
    expect(await house.findings()).toEqual([]);
  });
});

describe("a principal", () => {
  it("is erased in all its sessions, under one pseudonym, and no other's", async () => {
    const [one, two, other] = [await shopped(house, KIM), await shopped(house, KIM), await shopped(house)];
    const done = await erasePrincipal("key:kim", house.eraser);
    expect(done.map(({ receipt }) => receipt.session).toSorted()).toEqual(
      [one.session.id, two.session.id].toSorted(),
    );
    expect(new Set(done.map(({ receipt }) => receipt.pseudonym)).size).toBe(1);
    expect(await erasePrincipal("key:kim", house.eraser)).toEqual(done);
    expect(await texts(other.session.id)).not.toContain('{"kind":"erased"}');
    expect(await erasePrincipal("key:lee", house.eraser)).toEqual([]);
  });

  it("is nobody in particular when it is anonymous", async () => {
    await shopped(house);
    await expect(erasePrincipal("anonymous", house.eraser)).rejects.toMatchObject({ code: "bad_frame" });
  });
});

describe("a ledger of erasures", () => {
  it("names no person, and erases again what a backup brought back", async () => {
    const { session } = await shopped(house, KIM);
    const before = await texts(session.id);
    const erased = await erase(session.id);
    const ledger = readFileSync(house.eraser.ledger.at, "utf8");
    expect(JSON.parse(ledger)).toEqual(erased);
    expect(ledger).not.toMatch(/kim|Ada/);
    const audit = await openAudit(house.home);
    expect(await eraseAgain({ eraser: house.eraser, audit })).toEqual({ known: 1, erased: 0 });
    house.tamper("DELETE FROM erasure");
    house.tamper("UPDATE session SET erased_at = NULL");
    for (const [i, json] of before.entries())
      house.tamper("UPDATE event SET json = ? WHERE session = ? AND seq = ?", json, session.id, i + 1);
    expect(await eraseAgain({ eraser: house.eraser, audit })).toEqual({ known: 1, erased: 1 });
    expect(new Set(await texts(session.id))).toEqual(new Set(['{"kind":"erased"}']));
    expect(await house.findings()).toEqual([]);
  });
});

describe("retention", () => {
  const kept = async () => (await house.store.walk(null, 100)).map(({ id }) => id);
  const swept = async (days = 30) => {
    const failed: string[] = [];
    const result = await sweep(days, house.eraser, (session) => failed.push(session));
    return { ...result, failed };
  };

  it("erases and forgets what ended long enough ago, to the millisecond, and keeps its money records", async () => {
    const { session, intent } = await shopped(house);
    await answerOrder(house.gateway, intent.id, { status: "executed" });
    house.pass(DAY);
    const young = await shopped(house);
    await answerOrder(house.gateway, young.intent.id, { status: "executed" });
    house.pass(29 * DAY);
    expect(await swept()).toEqual({ erased: 0, forgotten: 0, failed: [] });
    house.pass(1);
    expect(await swept()).toEqual({ erased: 1, forgotten: 1, failed: [] });
    expect(await kept()).toEqual([young.session.id]);
    expect(await house.store.intent(intent.id)).toMatchObject({ total: intent.total, status: "executed" });
    expect((await house.store.intent(intent.id))?.payload).not.toContain("Ada");
    expect(await swept()).toEqual({ erased: 0, forgotten: 0, failed: [] });
    const { receipt } = await erase(session.id);
    expect(receipt.why).toBe("retention");
    expect(await house.findings()).toEqual([]);
  });

  it("deletes money records after days of their own; what proves the rest finds nothing missing", async () => {
    const { session, intent } = await shopped(house);
    await answerOrder(house.gateway, intent.id, { status: "executed" });
    house.pass(40 * DAY);
    expect(await dropRecords(35, house.eraser)).toBe(0);
    await swept();
    expect(await dropRecords(41, house.eraser)).toBe(0);
    expect(await dropRecords(35, house.eraser)).toBe(1);
    expect(await house.store.intent(intent.id)).toBeNull();
    expect((await erase(session.id)).receipt.orders).toMatchObject([{ id: intent.id, total: intent.total }]);
    expect(await house.findings()).toEqual([]);
  });

  it("waits for an answer to an order, and keeps the skeleton of one still to be carried out", async () => {
    const { session, intent } = await shopped(house);
    house.pass(31 * DAY);
    expect(await swept()).toMatchObject({ erased: 0 });
    await house.gateway.find(session.id);
    house.tamper("UPDATE intent SET status = 'accepted' WHERE id = ?", intent.id);
    expect(await swept()).toMatchObject({ erased: 1, forgotten: 0 });
    expect(await answerOrder(house.gateway, intent.id, { status: "executed" })).toBe("executed");
    expect(await swept()).toMatchObject({ erased: 0, forgotten: 1 });
  });

  it("is not held up by one session that cannot be erased", async () => {
    const ids: string[] = [];
    for (let n = 0; n < 3; n++) {
      const { session } = await house.gateway.open(OPENING, BUYER);
      ids.push(session.id);
    }
    house.pass(31 * DAY);
    const [, stuck = ""] = ids.toSorted();
    const { store } = house.eraser;
    const failing: AuditedHouse["eraser"] = {
      ...house.eraser,
      store: {
        ...store,
        erase: async (what) =>
          what.session === stuck ? Promise.reject(new Error("the disk is full")) : store.erase(what),
      },
    };
    const failed: string[] = [];
    expect(await sweep(30, failing, (session) => failed.push(session))).toEqual({ erased: 2, forgotten: 2 });
    expect(failed).toEqual([stuck]);
    expect(await kept()).toEqual([stuck]);
  });
});

describe("an export", () => {
  const lines = async (session: string) => {
    const all: { kind: keyof typeof EXPORTED; value: unknown }[] = [];
    const receiptIn = async () => null;
    for await (const one of exported(session, house.store, receiptIn)) all.push(one);
    return all;
  };

  it("gives everything that is kept of a session, each kind by its schema", async () => {
    const { session, intent } = await shopped(house, KIM);
    await house.store.note(session.id, {
      id: "w1",
      at: "2030-05-06T07:08:09.000Z",
      by: "Mina",
      seq: 7,
      text: "Kim is in a hurry",
    });
    const all = await lines(session.id);
    for (const { kind, value } of all) EXPORTED[kind].parse(value);
    expect(all.find(({ kind }) => kind === "note")?.value).toMatchObject({
      note: { text: "Kim is in a hurry" },
    });
    const kinds = all.map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === "event")).toHaveLength(7);
    expect(kinds.filter((kind) => kind === "turn")).toHaveLength(3);
    expect(JSON.stringify(all)).toContain("1 Main Street");
    expect(all.find(({ kind }) => kind === "order")?.value).toMatchObject({ id: intent.id, jws: intent.jws });
    expect(JSON.stringify(all)).not.toMatch(/reservation|"floor|secret_hash|"salt/);
  });

  it("gives of an erased one what is left", async () => {
    const { session, intent } = await shopped(house, KIM);
    await erase(session.id);
    const all = await lines(session.id);
    for (const { kind, value } of all) EXPORTED[kind].parse(value);
    expect(all.map(({ kind }) => kind)).toEqual(["session", "order"]);
    expect(all[1]?.value).toMatchObject({ id: intent.id, total: intent.total, jws: null });
  });
});
