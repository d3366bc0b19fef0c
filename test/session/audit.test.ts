import { readFileSync, writeFileSync } from "node:fs";
import { beforeEach, describe, expect, it } from "vitest";
import { link } from "../../src/domain/chain.ts";
import { eraseSession } from "../../src/session/erase.ts";
import { type AuditedHouse, act, openAudited, shopped } from "./audited-house.ts";

let house: AuditedHouse;
/** The session that somebody tampers with, its order, and one beside it that is left alone. */
let session: string;
let intent: string;

beforeEach(async () => {
  house = await openAudited();
  const bought = await shopped(house);
  session = bought.session.id;
  intent = bought.intent.id;
  await shopped(house);
  return () => house.close();
});

const text = async (seq: number) => (await house.store.read(session, seq - 1, 1))[0]?.json ?? "";
const found = async (...given: Parameters<AuditedHouse["findings"]>) =>
  (await house.findings(...given)).map(({ breach, session: of, seq }) => [breach, of, seq]);

describe("an audit finds nothing wrong", () => {
  it("with what was stored and signed as it happened, over several checkpoints", async () => {
    await house.checkpoint();
    house.pass(3_600_000);
    await shopped(house);
    await house.checkpoint();
    expect(await house.findings()).toEqual([]);
  });

  it("with conversations that go on while it reads", async () => {
    const live = await house.gateway.find(session);
    const talking = (async () => {
      for (let n = 0; n < 30; n++) await act(house, live, { act: "help" });
    })();
    for (let n = 0; n < 5; n++) expect(await house.findings()).toEqual([]);
    await talking;
  });

  it("with erased sessions, before a checkpoint and after it", async () => {
    await house.checkpoint();
    await eraseSession(session, "asked", house.eraser);
    expect(await house.findings()).toEqual([]);
    house.pass(3_600_000);
    await house.checkpoint();
    await house.store.forget(session);
    expect(await house.findings()).toEqual([]);
  });

  it("when nothing moved since the last checkpoint, which is then not made again", async () => {
    house.pass(3_600_000);
    const first = await house.checkpoint();
    house.pass(3_600_000);
    expect(await house.checkpoint()).toEqual(first);
  });
});

describe("an audit names the session and the event", () => {
  it("whose text was edited", async () => {
    house.tamper(
      "UPDATE event SET json = replace(json, 'greet', 'thank') WHERE session = ? AND seq = 2",
      session,
    );
    expect(await found()).toEqual([["event_edited", session, 2]]);
  });

  it("whose salt was changed, or taken away", async () => {
    house.tamper("UPDATE event SET salt = 'AAAAAAAAAAAAAAAAAAAAAA' WHERE session = ? AND seq = 2", session);
    house.tamper("UPDATE event SET salt = NULL WHERE session = ? AND seq = 4", session);
    expect(await found()).toEqual([
      ["event_edited", session, 2],
      ["event_edited", session, 4],
    ]);
  });

  it("whose text was edited with its digest, and with its link, too", async () => {
    const json = (await text(3)).replace("greet", "thank");
    const [before, own] = await house.store.chain(session, 1, 2);
    const made = link(before?.chain ?? "", 3, json, own?.salt ?? "");
    const set = (chain: string) =>
      house.tamper(
        ...(["UPDATE event SET json = ?, digest = ?, chain = ? WHERE session = ? AND seq = 3"] as const),
        ...[json, made.digest, chain, session],
      );
    set(own?.chain ?? "");
    expect(await found()).toEqual([["chain_broken", session, 3]]);
    set(made.chain);
    expect(await found()).toEqual([["chain_broken", session, 4]]);
  });

  it("where events were swapped", async () => {
    const swap =
      "UPDATE event SET seq = CASE seq WHEN 2 THEN -4 ELSE -2 END WHERE session = ? AND seq IN (2, 4)";
    house.tamper(swap, session);
    house.tamper("UPDATE event SET seq = -seq WHERE session = ? AND seq < 0", session);
    const breaches = await found();
    expect(breaches[0]).toEqual(["chain_broken", session, 2]);
    expect(breaches).toContainEqual(["chain_broken", session, 4]);
  });

  it("where one was taken out", async () => {
    house.tamper("DELETE FROM event WHERE session = ? AND seq = 4", session);
    expect(await found()).toEqual([
      ["event_missing", session, 4],
      ["chain_broken", session, 5],
    ]);
  });

  it("at which the end of a log was cut off, with its orders left or not", async () => {
    await house.checkpoint();
    const [last] = [(await house.store.head(session))?.seq ?? 0];
    house.tamper("DELETE FROM event WHERE session = ? AND seq > 5", session);
    expect(await found()).toEqual([
      ["order_unbound", session, null],
      ["log_cut", session, 6],
    ]);
    house.tamper("DELETE FROM intent WHERE session = ?", session);
    const [finding] = await house.findings();
    expect(finding?.says).toContain(`it had ${last} events at checkpoint 1`);
  });

  it("that is gone whole", async () => {
    await house.checkpoint();
    for (const table of ["event", "intent"]) house.tamper(`DELETE FROM ${table} WHERE session = ?`, session);
    house.tamper("DELETE FROM session WHERE id = ?", session);
    expect(await found()).toEqual([["session_missing", session, 7]]);
  });

  it("whose log was written anew from somewhere on, every link with it", async () => {
    await house.checkpoint();
    const events = await house.store.chain(session, 0, 100);
    let previous = events[1]?.chain ?? "";
    for (const { seq, json, salt } of events.slice(2)) {
      const text = seq === 3 ? json.replace("greet", "thank") : json;
      const made = link(previous, seq, text, salt ?? "");
      previous = made.chain;
      const set = "UPDATE event SET json = ?, digest = ?, chain = ? WHERE session = ? AND seq = ?";
      house.tamper(set, text, made.digest, made.chain, session, seq);
    }
    expect(await found()).toEqual([["chain_broken", session, 7]]);
  });

  it("that says it was erased, though nobody asked for it", async () => {
    house.tamper(`UPDATE event SET json = '{"kind":"erased"}', salt = NULL WHERE session = ?`, session);
    expect(await found()).toEqual([["receipt_missing", session, null]]);
    house.tamper("INSERT INTO erasure VALUES (?, 'e30.e30.AAAA')", session);
    expect(await found()).toEqual([["receipt_broken", session, null]]);
  });

  it("of which one event says that it was erased", async () => {
    house.tamper(
      `UPDATE event SET json = '{"kind":"erased"}', salt = NULL WHERE session = ? AND seq = 2`,
      session,
    );
    expect(await found()).toEqual([["event_edited", session, null]]);
  });

  it("that was erased and cut off since", async () => {
    await eraseSession(session, "asked", house.eraser);
    house.tamper("DELETE FROM event WHERE session = ? AND seq > 3", session);
    expect(await found()).toEqual([["log_cut", session, 3]]);
  });

  it("whose erasure was undone by a backup", async () => {
    const before = await house.store.read(session, 0, 100);
    await eraseSession(session, "asked", house.eraser);
    for (const { seq, json } of before)
      house.tamper("UPDATE event SET json = ? WHERE session = ? AND seq = ?", json, session, seq);
    expect(await found()).toContainEqual(["erasure_undone", session, null]);
    // A database of before the erasure knows nothing of it; the ledger does.
    house.tamper("DELETE FROM erasure");
    expect(await found()).toContainEqual(["erasure_undone", session, null]);
  });
});

describe("an audit of orders names the event that bound one", () => {
  it("whose total, currency, status or lines are not what was bound", async () => {
    for (const set of ["total = total - 1", "currency = 'KRW'", "status = 'executed'"]) {
      const [column = ""] = set.split(" ");
      const before = (await house.store.intent(intent))?.[column as "total"] ?? null;
      house.tamper(`UPDATE intent SET ${set} WHERE id = ?`, intent);
      expect(await found()).toEqual([["order_edited", session, 7]]);
      house.tamper(`UPDATE intent SET ${column} = ? WHERE id = ?`, before, intent);
    }
    house.tamper(`UPDATE intent SET lines = '[{"sku":"HS-B1","quantity":9}]' WHERE id = ?`, intent);
    expect(await found()).toEqual([["order_edited", session, 7]]);
  });

  it("whose terms are not those that were signed, or whose signature is another", async () => {
    house.tamper("UPDATE intent SET payload = replace(payload, 'Ada Kim', 'Eve Kim') WHERE id = ?", intent);
    expect(await found()).toEqual([["signature_broken", session, 7]]);
    const other = (await house.store.walk(null, 10)).find(({ id }) => id !== session)?.id ?? "";
    const [theirs] = await house.store.intentsOf(other);
    house.tamper("UPDATE intent SET jws = ? WHERE id = ?", theirs?.jws ?? null, intent);
    expect(await found()).toEqual([["order_edited", session, 7]]);
  });

  it("that is gone, and one that nothing bound", async () => {
    house.tamper("UPDATE intent SET id = 'int_made_up' WHERE id = ?", intent);
    expect(await found()).toEqual([
      ["order_missing", session, 7],
      ["order_unbound", session, null],
    ]);
  });

  it("of an erased session by what its receipt says", async () => {
    await eraseSession(session, "asked", house.eraser);
    house.tamper("UPDATE intent SET total = 1 WHERE id = ?", intent);
    expect(await found()).toEqual([["order_edited", session, null]]);
    house.tamper("DELETE FROM intent WHERE id = ?", intent);
    expect(await found()).toEqual([["order_missing", session, null]]);
  });
});

describe("an audit of checkpoints says", () => {
  const rewrite = (path: string, change: (lines: string[]) => string[]) => {
    const lines = readFileSync(path, "utf8").split("\n").slice(0, -1);
    writeFileSync(
      path,
      change(lines)
        .map((line) => `${line}\n`)
        .join(""),
    );
  };
  const says = async (...given: Parameters<AuditedHouse["findings"]>) =>
    (await house.findings(...given)).map((finding) => finding.says);

  it("which was edited, taken out, or is no checkpoint", async () => {
    for (let n = 0; n < 3; n++) {
      await house.checkpoint();
      house.pass(3_600_000);
      await shopped(house);
    }
    const path = house.checkpoints.journal.at;
    const whole = readFileSync(path);
    rewrite(path, ([first = "", ...rest]) => [first.replace(/"size":\d+/, '"size":1'), ...rest]);
    expect((await says())[0]).toContain("checkpoint 1: no published key of this gateway signed what it says");
    writeFileSync(path, whole);
    rewrite(path, ([first = "", , third = ""]) => [first, third]);
    expect((await says())[0]).toContain("checkpoint 3 does not follow checkpoint 1");
    writeFileSync(path, whole);
    rewrite(path, (lines) => ["{}", ...lines]);
    expect((await says())[0]).toContain("is no checkpoint");
  });

  it("that the heads it was made over were edited or cut off", async () => {
    await house.checkpoint();
    const path = house.checkpoints.heads.at;
    const whole = readFileSync(path);
    rewrite(path, (lines) => lines.slice(0, 1));
    expect((await says())[0]).toContain("is over 2 heads, of which 1 are left");
    writeFileSync(path, whole);
    rewrite(path, (lines) => lines.map((line) => line.replace('"seq":7', '"seq":3')));
    expect(await says()).toContainEqual("checkpoint 1: its root is not that of the heads it was made over");
  });

  it("that one which was kept elsewhere is gone, or is another here", async () => {
    await house.checkpoint();
    house.pass(3_600_000);
    await shopped(house);
    const kept = await house.checkpoint();
    expect(await house.findings(kept)).toEqual([]);
    rewrite(house.checkpoints.journal.at, (lines) => lines.slice(0, 1));
    expect(await found(kept)).toEqual([["checkpoint_missing", null, null]]);
    // Whoever has the key and the files signs another history, which holds by itself.
    rewrite(house.checkpoints.heads.at, (lines) => lines.slice(0, 2));
    house.pass(3_600_000);
    await shopped(house);
    await house.checkpoint();
    expect(await house.findings()).toEqual([]);
    expect((await says(kept))[0]).toContain("checkpoint 2 is another than the one kept");
  });
});
