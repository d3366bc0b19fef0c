import { afterEach, describe, expect, it } from "vitest";
import { Fault } from "../../src/domain/fault.ts";
import type { Store } from "../../src/ports/store.ts";
import type { ServerFrame } from "../../src/protocol/frames.ts";
import { Connection } from "../../src/session/connection.ts";
import { somebody } from "./door.ts";
import { BUYER, OPENING, type OpenedHouse, openHouse } from "./opened-house.ts";

let house: OpenedHouse;
afterEach(() => house.close());

/** The store may take its time over anything: here every answer takes a turn of the event loop more. */
function slowly(store: Store): Store {
  const later = () => new Promise((resolve) => setTimeout(resolve, 2));
  return {
    ...store,
    session: (id) => store.session(id).finally(later),
    read: (...args) => store.read(...args).finally(later),
    turns: (id) => store.turns(id).finally(later),
    open: (...args) => later().then(() => store.open(...args)),
  };
}

describe("a gateway over a store that takes its time", () => {
  it("opens one session for one Idempotency-Key, however many requests run at once", async () => {
    house = await openHouse(slowly);
    const { gateway } = house;
    const opened = await Promise.all(
      [1, 2, 3, 4].map(() => gateway.open(OPENING, BUYER, "a key of sixteen")),
    );
    expect(new Set(opened.map(({ session }) => session)).size).toBe(1);
    expect(new Set(opened.map(({ secret }) => secret)).size).toBe(1);
    expect(opened.filter((each) => each.opened)).toHaveLength(1);
  });

  it("loads a session once, however many ask for it at once", async () => {
    house = await openHouse(slowly);
    const { session } = await house.gateway.open(OPENING, BUYER);
    const restarted = house.again();
    const found = await Promise.all([1, 2, 3, 4].map(() => restarted.find(session.id)));
    expect(new Set(found).size).toBe(1);
    await found[0]?.submit({ id: "a", act: { act: "greet" } }, null);
    expect(found.map(({ state }) => state.seq)).toEqual([3, 3, 3, 3]);
  });

  it("shows staff every turn once and in order, though buyers go on while they come in", async () => {
    house = await openHouse(slowly);
    const { gateway } = house;
    const { session } = await gateway.open(OPENING, BUYER);
    const say = (id: string) => session.submit({ id, act: { act: "greet" } }, null);
    for (let i = 0; i < 3; i++) await say(`before ${i}`);
    const frames: (ServerFrame | { type: "staff"; n: number })[] = [];
    const wire = {
      send: (text: string) => void frames.push(JSON.parse(text)),
      close: () => {},
      buffered: () => 0,
    };
    const observer = new Connection(gateway, wire, somebody());
    observer.receive(JSON.stringify({ type: "hello", role: "observer", key: "staff", session: session.id }));
    for (let i = 0; i < 6; i++) await say(`during ${i}`);
    await expect.poll(() => frames.filter(({ type }) => type === "staff").length).toBe(9);
    const numbers = frames.flatMap((frame) => (frame.type === "staff" && "n" in frame ? [frame.n] : []));
    expect(numbers).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const seqs = frames.flatMap((frame) => (frame.type === "event" ? [frame.seq] : []));
    expect(seqs).toEqual(Array.from({ length: 19 }, (_, i) => i + 1));
    observer.gone();
  });

  it("ends a connection whose history cannot be read, and leaves nobody behind in the session", async () => {
    let down = false;
    house = await openHouse((store) => ({
      ...store,
      read: (...asked) =>
        down ? Promise.reject(new Fault("unavailable", "the store is away")) : store.read(...asked),
    }));
    const { gateway } = house;
    const { session, secret } = await gateway.open(OPENING, BUYER);
    await session.submit({ id: "a", act: { act: "greet" } }, null);
    const told: string[] = [];
    const wire = {
      send: (text: string) => {
        told.push((JSON.parse(text) as ServerFrame).type);
        // Between the welcome and the history.
        if (told.at(-1) === "welcome") down = true;
      },
      close: (code: number) => void told.push(String(code)),
      buffered: () => 0,
    };
    const resume = { session: session.id, secret, epoch: house.store.epoch, seq: 0 };
    new Connection(gateway, wire, somebody()).receive(JSON.stringify({ type: "hello", resume }));
    await expect.poll(() => told).toEqual(["welcome", "fault", "1011"]);
    expect(session.watched).toBe(false);
  });
});
