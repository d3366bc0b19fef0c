import { beforeEach, describe, expect, it } from "vitest";
import { beginning, linked } from "../../src/domain/chain.ts";
import type { Event } from "../../src/domain/event.ts";
import { digest } from "../../src/domain/hash.ts";
import type { Bus, Hint } from "../../src/ports/bus.ts";
import type { Store } from "../../src/ports/store.ts";
import { logged } from "../../src/session/logged.ts";
import { lookout } from "../../src/session/lookout.ts";
import type { Session } from "../../src/session/session.ts";
import { BUYER, OPENING, type OpenedHouse, openHouse } from "./opened-house.ts";

let house: OpenedHouse;
/** What becomes of the next commit that gets this far: its answer is lost, before or after it is stored. */
let lost: "before" | "after" | null = null;
/** Every claim is followed by somebody else's. */
let greedy = false;
/** Words are stored when this is over. */
let words: Promise<void> | null = null;

const losing = (store: Store): Store => ({
  ...store,
  claim: async (session) => {
    const term = await store.claim(session);
    if (greedy) await store.claim(session);
    return term;
  },
  append: async (commit) => {
    const when = lost;
    lost = null;
    if (when === "before") throw new Error("the connection is gone");
    if (commit.events.some(({ event }) => event.kind === "words")) await words;
    const outcome = await store.append(commit);
    if (when === "after") throw new Error("the connection is gone");
    return outcome;
  },
});

beforeEach(async () => {
  house = await openHouse(losing);
  return () => {
    lost = null;
    greedy = false;
    words = null;
    return house.close();
  };
});

/** A bus within the process: what one end says the others hear at once. */
function ends(count: number): Bus[] {
  const listeners = Array.from({ length: count }, () => new Set<(hint: Hint) => void>());
  return listeners.map((own) => ({
    say: (hint) => {
      for (const others of listeners) if (others !== own) for (const hear of others) hear(hint);
    },
    hear: (listener) => {
      own.add(listener);
      return () => void own.delete(listener);
    },
    close: async () => {},
  }));
}

const greet = (id: string) => ({ id, act: { act: "greet" } as const });
const log = async (session: string) => (await house.store.read(session, 0, 100)).map(({ json }) => json);

/** What somebody who watches a session here is told of: numbers of events. */
function watching(session: Session): number[] {
  const heard: number[] = [];
  session.watch({ streams: false, event: (seq) => void heard.push(seq), delta: () => {} });
  return heard;
}

describe("a session that another gateway has taken", () => {
  it("is taken back by whoever has a message for it, and its memory begun anew", async () => {
    const { session } = await house.gateway.open(OPENING, BUYER);
    const heard = watching(session);
    await session.submit(greet("m1"), null);
    const elsewhere = await house.again().find(session.id);
    await elsewhere.submit(greet("m2"), null);
    // It does not know yet: it works, is found fenced, and works again on what is there by then.
    expect(await session.submit(greet("m3"), null)).toMatchObject({ seq: 6, duplicate: false });
    expect(await elsewhere.submit(greet("m4"), null)).toMatchObject({ seq: 8, duplicate: false });
    await session.look();
    expect(heard).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
    expect(await log(session.id)).toHaveLength(9);
  });

  it("has a message once that both were given, whoever was first", async () => {
    const { session } = await house.gateway.open(OPENING, BUYER);
    const elsewhere = await house.again().find(session.id);
    const receipts = await Promise.all(
      [session, elsewhere, session, elsewhere].map((each) => each.submit(greet("m1"), null)),
    );
    expect(receipts.map(({ seq }) => seq)).toEqual([2, 2, 2, 2]);
    expect(receipts.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
    expect(await log(session.id)).toHaveLength(3);
  });

  it("is taken from nobody by who reads it, watches it or repeats what is there", async () => {
    const { session } = await house.gateway.open(OPENING, BUYER);
    await session.submit(greet("m1"), null);
    const elsewhere = await house.again().find(session.id);
    await elsewhere.look();
    expect((await elsewhere.submit(greet("m1"), null)).duplicate).toBe(true);
    expect(await house.store.claim(session.id)).toBe(2);
  });

  it("is answered from memory by nobody: what was erased meanwhile is gone", async () => {
    const { session } = await house.gateway.open(OPENING, BUYER);
    await session.submit(greet("m1"), null);
    const term = (await house.store.claim(session.id)) ?? 0;
    const at = "2030-05-06T07:08:09.000Z";
    const what = { session: session.id, term, at, pseudonym: "x", intents: [], receipt: "", outbox: [] };
    await house.store.erase(what);
    await expect(session.submit(greet("m2"), null)).rejects.toMatchObject({ code: "session_erased" });
    await expect(house.gateway.find(session.id)).rejects.toMatchObject({ code: "session_erased" });
    expect(await log(session.id)).toEqual(Array(3).fill('{"kind":"erased"}'));
  });

  it("is refused as retryable by a gateway that it is taken from again and again, and nothing is stored", async () => {
    const { session } = await house.gateway.open(OPENING, BUYER);
    await house.store.claim(session.id);
    greedy = true;
    await expect(session.submit(greet("m1"), null)).rejects.toMatchObject({ code: "unavailable" });
    greedy = false;
    expect(await log(session.id)).toHaveLength(1);
    expect(await session.submit(greet("m1"), null)).toMatchObject({ seq: 2, duplicate: false });
  });
});

describe("hints", () => {
  it("may be lost, doubled or come from nowhere: watchers are told each event once, within two seconds", async () => {
    const [bus, elsewhere] = ends(2) as [Bus, Bus];
    const gateway = house.again({ bus });
    const { session } = await gateway.open(OPENING, BUYER);
    const heard = watching(session);
    const out = lookout(gateway);
    // Nobody says that this was written.
    const there = await house.again().find(session.id);
    await there.submit(greet("m1"), null);
    await expect.poll(() => heard).toEqual([2, 3]);
    for (const seq of [3, 3, 1, 99, 2]) elsewhere.say({ kind: "session", session: session.id, seq });
    elsewhere.say({ kind: "session", session: "ses_none", seq: 4 });
    await there.submit(greet("m2"), null);
    await expect.poll(() => heard).toEqual([2, 3, 4, 5]);
    await out.stop();
  });

  it("that are lost cost nothing where nobody claims: what this node holds is not asked for, until it is taken", async () => {
    const [bus] = ends(1) as [Bus];
    const asked: string[] = [];
    let looks = 0;
    const store = {
      ...house.store,
      heads: (ids: readonly string[]) => {
        asked.push(...ids);
        return house.store.heads(ids);
      },
      claims: (since: string | null) => {
        looks += 1;
        return house.store.claims(since);
      },
    };
    const gateway = house.again({ bus, store });
    const out = lookout(gateway);
    await expect.poll(() => looks).toBeGreaterThan(0);
    const { session } = await gateway.open(OPENING, BUYER);
    const { session: other } = await gateway.open(OPENING, BUYER);
    const heard = watching(session);
    watching(other);
    await session.submit(greet("m1"), null);
    const before = looks;
    await expect.poll(() => looks).toBeGreaterThan(before);
    expect(asked).toEqual([]);
    // Claimed and left: whoever took it may write at any time.
    const term = (await house.store.claim(session.id)) ?? 0;
    const claimed = looks;
    await expect.poll(() => looks).toBeGreaterThan(claimed + 1);
    const head = await house.store.head(session.id);
    const at = "2030-05-06T07:08:09.000Z";
    const after = head?.seq ?? 0;
    const events = logged([{ kind: "closed", at, reason: "left" }], after, head?.chain ?? "");
    await house.store.append({ session: session.id, term, after, at, events });
    await expect.poll(() => heard).toEqual([2, 3, 4]);
    expect(new Set(asked)).toEqual(new Set([session.id]));
    await out.stop();
  });

  it("of work under way leave the words to whoever is making them", async () => {
    const { session, other, out, said } = await speakingElsewhere();
    const again = other.submit(greet("m2"), null);
    await new Promise((over) => setTimeout(over, 1_500));
    expect(await log(session.id)).toHaveLength(3);
    said();
    expect(await again).toMatchObject({ seq: 5 });
    expect(await kinds(session.id)).toEqual(["opened", "message", "reply", "words", "message", "reply"]);
    expect(await house.store.claim(session.id)).toBe(3);
    await out.stop();
  });

  it("that end leave them to whoever watches: they are said once, whoever comes back", async () => {
    const { session, other, out, said, silent, done } = await speakingElsewhere();
    const heard = watching(other);
    silent();
    await expect.poll(() => kinds(session.id)).toHaveLength(4);
    said();
    // Who was fenced has its message stored, and says so: once, and without words of its own.
    expect(await done).toMatchObject({ seq: 2, last: 4, duplicate: false });
    expect(await kinds(session.id)).toEqual(["opened", "message", "reply", "words"]);
    expect(heard).toEqual([4]);
    await out.stop();
  });
});

/** A turn whose words one node is still saying, as another sees it: `silent` ends the hints of it, `said` the words. */
async function speakingElsewhere() {
  const [bus, heard] = ends(2) as [Bus, Bus];
  let hushed = false;
  let said = () => {};
  words = new Promise((over) => {
    said = over;
  });
  const say = (hint: Hint) => hushed || bus.say(hint);
  const { session } = await house.again({ bus: { ...bus, say }, patience_ms: 300 }).open(OPENING, BUYER);
  session.watch({ streams: true, event: () => {}, delta: () => {} });
  const done = session.submit(greet("m1"), null);
  await expect.poll(() => log(session.id)).toHaveLength(3);
  const elsewhere = house.again({ bus: heard, patience_ms: 300, store: house.store });
  const other = await elsewhere.find(session.id);
  const silent = () => {
    hushed = true;
  };
  return { session, other, out: lookout(elsewhere), said: () => said(), silent, done };
}

const kinds = async (session: string) => (await log(session)).map((json) => (JSON.parse(json) as Event).kind);

describe("a commit of which nobody knows whether it was stored", () => {
  it.each([
    ["before", 1, false],
    ["after", 3, true],
  ] as const)(
    "was lost %s it: the log says which, to whoever sends the message again",
    async (when, length, duplicate) => {
      const { session } = await house.gateway.open(OPENING, BUYER);
      lost = when;
      await expect(session.submit(greet("m1"), null)).rejects.toThrow();
      expect(await log(session.id)).toHaveLength(length);
      const back = await house.gateway.find(session.id);
      expect(await back.submit(greet("m1"), null)).toMatchObject({ seq: 2, duplicate });
      expect(await log(session.id)).toHaveLength(3);
    },
  );
});

describe("the log of a session", () => {
  it("is one chain from its beginning, over restarts", async () => {
    const { session } = await house.gateway.open(OPENING, BUYER);
    await session.submit(greet("m1"), null);
    const back = await house.again().find(session.id);
    await back.submit(greet("m2"), null);
    const stored = await house.store.chain(session.id, 0, 100);
    let chain = beginning(session.id);
    for (const { seq, json, salt, digest: of, chain: at } of stored) {
      expect(of).toBe(digest(`${salt}${json}`));
      chain = linked(chain, seq, of ?? "");
      expect(at).toBe(chain);
    }
    expect(stored).toHaveLength(5);
    expect(new Set(stored.map(({ salt }) => salt)).size).toBe(5);
  });
});
