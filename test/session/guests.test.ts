import { beforeEach, describe, expect, it } from "vitest";
import { BOUNDS } from "../../src/domain/bounds.ts";
import { Fault } from "../../src/domain/fault.ts";
import type { Party } from "../../src/domain/party.ts";
import type { Access } from "../../src/domain/rights.ts";
import { type GuestOptions, Guests } from "../../src/session/guests.ts";
import { tickets } from "../../src/session/tickets.ts";
import type { Visit } from "../../src/session/visit.ts";

const KNOWN: Party = { principal: "key:acme", kind: "machine", tier: "api_key" };
const NOBODY: Party = { principal: "anonymous", kind: "machine", tier: "anonymous" };
const ACCESS: Access = {
  api_key: { may: "order", connections: 2, messages_per_minute: 300, model_turns_per_minute: 10 },
};
let now = 0;
beforeEach(() => {
  now = 0;
});

function guests(more: Partial<GuestOptions> = {}): Guests {
  return new Guests({ messages_per_minute: 600, access: () => ACCESS, now: () => now, ...more });
}
const noEnd = { end: () => {} };

/** How many messages are taken, one after the other, before one is refused. */
function taken(visit: Visit, bytes = 10): number {
  for (let n = 0; ; n++) {
    try {
      visit.message(bytes);
    } catch {
      return n;
    }
  }
}

describe("what one connection may send", () => {
  it("is a tenth of a minute's at once, and then its rate", () => {
    const visit = guests().arrive("203.0.113.1");
    expect(taken(visit)).toBe(60);
    now += 1_000;
    expect(taken(visit)).toBe(10);
  });

  it("is counted in bytes, too", () => {
    const visit = guests().arrive("203.0.113.1");
    expect(taken(visit, BOUNDS.frame_bytes)).toBe(7);
  });

  it("is cut off where refusals are not heeded, and not where they are", () => {
    const heeding = guests().arrive("203.0.113.1");
    const flooding = guests().arrive("203.0.113.2");
    const codes = new Set<string>();
    for (let i = 0; i < 1_000; i++) {
      now += 100;
      taken(heeding);
      for (let n = 0; n < 10; n++) {
        try {
          flooding.message(10);
        } catch (error) {
          if (error instanceof Fault) codes.add(error.code);
        }
      }
    }
    expect(() => heeding.message(10)).toThrow(expect.objectContaining({ code: "rate_limited" }));
    expect([...codes]).toEqual(["rate_limited", "flooding"]);
  });
});

describe("what one principal may do", () => {
  it("is for all its connections together, wherever they come from, and hits nobody else", () => {
    const here = guests();
    const [one, other, neighbour] = ["203.0.113.1", "203.0.113.2", "203.0.113.1"].map((at) =>
      here.arrive(at),
    );
    one?.enter(KNOWN, noEnd);
    other?.enter(KNOWN, noEnd);
    neighbour?.enter(NOBODY, noEnd);
    expect(taken(one as Visit)).toBe(30);
    expect(taken(other as Visit)).toBe(0);
    expect(taken(neighbour as Visit)).toBe(60);
  });

  it("holds for its connections, and what is left makes room", () => {
    const here = guests();
    const [one, two, three] = [1, 2, 3].map((n) => here.arrive(`203.0.113.${n}`));
    one?.enter(KNOWN, noEnd);
    two?.enter(KNOWN, noEnd);
    expect(() => three?.enter(KNOWN, noEnd)).toThrow(
      expect.objectContaining({ code: "too_many_connections" }),
    );
    one?.left();
    one?.left();
    three?.enter(KNOWN, noEnd);
    expect(() => one?.enter(KNOWN, noEnd)).not.toThrow();
  });

  it("is without a model's help when that is used up, and not refused", () => {
    const visit = guests().arrive("203.0.113.1");
    visit.enter(KNOWN, noEnd);
    expect(Array.from({ length: 12 }, () => visit.mayAsk())).toEqual([
      ...Array.from({ length: 10 }, () => true),
      ...[false, false],
    ]);
  });
});

describe("what one address may do", () => {
  it("is bounded in connections and openings, for this machine itself only where that was said", () => {
    const far = guests({ address_opens_per_minute: 100_000 });
    for (let i = 0; i < BOUNDS.address_connections; i++) far.arrive("203.0.113.1");
    expect(() => far.arrive("203.0.113.1")).toThrow(
      expect.objectContaining({ code: "too_many_connections" }),
    );
    const own = guests();
    for (let i = 0; i < 5_000; i++) own.arrive("127.0.0.1");
    const said = guests({ address_opens_per_minute: 60 });
    for (let i = 0; i < 10; i++) said.opening("127.0.0.1");
    expect(() => said.opening("127.0.0.1")).toThrow(expect.objectContaining({ code: "rate_limited" }));
  });
});

describe("those who show nothing", () => {
  const sent = (here: Guests, at: string) => {
    const visits = Array.from({ length: 40 }, () => here.arrive(at));
    for (const visit of visits) visit.enter(NOBODY, noEnd);
    return visits.reduce((sum, visit) => sum + taken(visit), 0);
  };

  it("are counted by address alone, so that many may come through a proxy of this machine itself", () => {
    expect(sent(guests(), "127.0.0.1")).toBe(40 * 60);
    expect(sent(guests(), "203.0.113.1")).toBe(20 * 60);
  });

  it("have a bound together where the vendor states one", () => {
    const access = () => ({ anonymous: { may: "order" as const, messages_per_minute: 300 } });
    expect(sent(guests({ access }), "127.0.0.1")).toBe(30);
  });
});

describe("who is turned away", () => {
  it("is ended wherever it is, and is not let in until it is welcome again", () => {
    const here = guests();
    const ended: string[] = [];
    for (const n of [1, 2])
      here.arrive(`203.0.113.${n}`).enter(KNOWN, { end: ({ code }) => ended.push(`${n} ${code}`) });
    here.arrive("203.0.113.3").enter(NOBODY, { end: () => ended.push("somebody else") });
    here.turnAway(new Set(["key:acme"]));
    expect(ended).toEqual(["1 revoked", "2 revoked"]);
    expect(() => here.arrive("203.0.113.4").enter(KNOWN, noEnd)).toThrow(
      expect.objectContaining({ code: "revoked" }),
    );
    here.turnAway(new Set());
    expect(() => here.mustBeWelcome("key:acme")).not.toThrow();
  });
});

describe("a network of IPv6", () => {
  const address = (n: number) => `2001:db8:7:${(n << 8).toString(16)}::/56`;
  const refusal = (code: string) => expect.objectContaining({ code });

  it("of one holder gains nothing by changing addresses: the /48 has a bound of its own", () => {
    const here = guests({ address_opens_per_minute: 100, address_connections: 3 });
    for (let n = 0; n < 16; n++) for (let m = 0; m < 3; m++) here.arrive(address(n));
    expect(() => here.arrive(address(16))).toThrow(refusal("too_many_connections"));
    expect(() => here.arrive("2001:db8:8:0::/56")).not.toThrow();
  });

  it("counts openings and messages together as well, and what was refused by it is not counted", () => {
    const opening = guests({ address_opens_per_minute: 100 });
    for (let n = 0; n < 160; n++) opening.opening(address(n));
    expect(() => opening.opening(address(160))).toThrow(refusal("rate_limited"));
    const sending = guests({ address_messages_per_minute: 100 });
    for (let n = 0; n < 160; n++) sending.ofAddress(address(n), 10);
    expect(() => sending.ofAddress(address(160), 10)).toThrow(refusal("rate_limited"));
    const left = guests({ address_connections: 1 });
    const visits = Array.from({ length: 16 }, (_, n) => left.arrive(address(n)));
    expect(() => left.arrive(address(16))).toThrow(refusal("too_many_connections"));
    visits[0]?.left();
    expect(() => left.arrive(address(16))).not.toThrow();
  });
});

describe("a ticket", () => {
  const clock = { now: () => new Date(now).toISOString() };

  it("is of whoever shares the secret, until its minute is over", () => {
    const { ticket } = tickets("ours", clock).issue(undefined);
    expect(tickets("ours", clock).check(ticket, undefined).nonce).toMatch(/^[\w-]{16}$/);
    expect(() => tickets("theirs", clock).check(ticket, undefined)).toThrow("it was not given out here");
    now = BOUNDS.ticket_ms;
    expect(() => tickets("ours", clock).check(ticket, undefined)).toThrow("it ended at");
  });

  it("made up in any way lets nobody in", () => {
    const given = tickets("ours", clock).issue("https://shop.example").ticket;
    const check = (ticket: string) => () => tickets("ours", clock).check(ticket, "https://shop.example");
    expect(check(given)).not.toThrow();
    for (const ticket of [
      "tkt_",
      "tkt_.",
      `${given}.x`,
      `${given}x`,
      given.replace("tkt_", "tkt_x"),
      given.slice(0, -1),
    ])
      expect(check(ticket)).toThrow(Fault);
  });
});
