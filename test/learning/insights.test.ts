import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { insights } from "../../src/learning/insights.ts";
import { insightsCsv } from "../../src/learning/insights-csv.ts";
import { projector } from "../../src/learning/projector.ts";
import { onPostgres, onSqlite } from "../adapters/hindsight-stores.ts";
import { isThere } from "../adapters/postgres/knowledge.ts";
import type { Seen } from "../contracts/hindsight.ts";
import { intent, offer, written } from "./hand-made.ts";

const machine = { party: { principal: "key:m", kind: "machine", tier: "api_key" } };
const won = { currency: "KRW", lang: "ko" };
const fact = { id: "A#spec.weight" };
const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/**
 * Seven conversations of two days whose figures were worked out on paper: they stand in the test below, and nothing that
 * the gateway counts with was used for them.
 */
function conversations() {
  // 2 of A at 90 instead of 100, less 5: 25 off 200. Net 150 over a limit of 130: 20 more would have been allowed.
  const bought = written("2031-03-01T10");
  const wanted = bought.exchange("00:10", { text: "2 of A" }, "00:12", {
    ...{ act: "offer", offers: [offer("of1", [["A", 2, 90, 100]], 190, 5)], round: { n: 1, of: 10 } },
  });
  bought.asked(wanted - 1, 100, null);
  bought.exchange(
    "01:00",
    { act: { act: "accept" } },
    "01:02",
    {
      ...{ act: "accepted", offers: [offer("of1", [["A", 2, 90, 100]], 190, 5)] },
      intents: [intent("i1", "of1", "pending", 190)],
      round: { n: 1, of: 10 },
    },
    { net: 150, limit: 130 },
  );

  // 1 of A and 1 of B, 550 instead of 600, at the limit; staff took a minute to approve it.
  const approved = written("2031-03-01T11", machine);
  const pair = offer(
    "of2",
    [
      ["A", 1, 100, 100],
      ["B", 1, 450, 500],
    ],
    580,
  );
  approved.exchange("00:01", { act: { act: "propose" } }, "00:05", {
    act: "counter",
    offers: [pair],
    round: { n: 3, of: 10 },
  });
  approved.exchange(
    "00:20",
    { act: { act: "accept" } },
    "00:21",
    {
      act: "approval_pending",
      offers: [pair],
      intents: [intent("i2", "of2", "approval_pending", 580)],
      round: { n: 3, of: 10 },
    },
    { net: 500, limit: 520 },
  );
  approved.add("01:21", { kind: "order", by: "operator", intent: intent("i2", "of2", "pending", 580) });

  // Cancelled: no deal, but everything was answered.
  const cancelled = written("2031-03-02T09", won);
  const three = offer("of3", [["B", 1, 70_000, 70_000]], 70_000);
  cancelled.exchange("00:30", { text: "B 하나요", lang: "ko" }, "00:34", {
    act: "offer",
    offers: [three],
    round: { n: 1, of: 10 },
  });
  cancelled.exchange("00:50", { text: "네", lang: "ko" }, "00:52", {
    act: "accepted",
    offers: [three],
    intents: [intent("i3", "of3", "pending", 70_000)],
    round: { n: 1, of: 10 },
  });
  cancelled.add("05:00", { kind: "order", by: "buyer", intent: intent("i3", "of3", "cancelled", 70_000) });

  // A question without an answer, and gone.
  const unanswered = written("2031-03-02T10", won);
  unanswered.exchange("00:05", { text: "방수 되나요?", lang: "ko" }, "00:06", {
    ...{ act: "unknown", reasons: ["not_stated"], answers: [{ topic: "방수", about: "A", facts: [] }] },
  });
  unanswered.add("00:40", { kind: "closed", reason: "left" });

  // Answered, and said so.
  const thanked = written("2031-03-02T11");
  thanked.exchange("00:05", { text: "how heavy is A?" }, "00:07", {
    act: "inform",
    answers: [{ topic: "weight", about: "A", facts: [fact] }],
  });
  thanked.asked(3, 40);
  thanked.exchange("00:15", { text: "thanks", acts: [{ act: "thank" }] }, "00:16", { act: "inform" });

  // A person took it over, an hour ago.
  const taken = written("2031-03-02T12");
  taken.exchange("00:10", { text: "is A loud?" }, "00:11", {
    act: "inform",
    answers: [{ topic: "noise", about: "A", facts: [fact] }],
  });
  taken.add("00:20", {
    kind: "handoff",
    to: "person",
    why: "operator",
    by: "operator",
    name: "Mina",
    words: {},
  });
  taken.add("00:41", { kind: "said", by: "operator", name: "Mina", id: "s1", text: "Hello" });

  // Just begun.
  const going = written("2031-03-02T13", machine);
  going.exchange("50:00", { act: { act: "greet" } }, "50:01", { act: "greet" });
  return [bought, approved, cancelled, unanswered, thanked, taken, going];
}

const NOW = "2031-03-02T14:00:00.000Z";
const SPAN = { from: "2031-03-01T00:00:00.000Z", to: "2031-03-03T00:00:00.000Z" };

function figuresOver(name: string, empty: () => Promise<Seen>) {
  describe(`${name}: insights`, () => {
    let seen: Seen;
    beforeAll(async () => {
      seen = await empty();
      for (const one of conversations()) await one.store(seen.store);
      // Of another month: in no figure.
      await written("2031-04-01T00").store(seen.store);
      expect(await projector(seen.store, seen.hindsight, quiet).catchUp(20_000)).toBe(true);
    });
    afterAll(() => seen.close());

    test("are exactly what was worked out by hand, over all sessions", async () => {
      const { figures } = await insights(SPAN, NOW, seen.hindsight);
      expect(figures.all).toEqual({
        ...{ sessions: 7, closed: 2, close_bp: 2857, offered: 3 },
        // 2, 4 and 4 seconds.
        first_offer_ms: { count: 3, mean: 3_333, median: 4_000 },
        // 1, 3 and 1.
        rounds: { count: 3, mean100: 167 },
        money: [
          {
            currency: "USD",
            orders: 2,
            total: 770,
            list: 800,
            given: 75,
            allowed: { known: 2, allowed: 95, given: 75 },
          },
        ],
        // Not the one that staff approved, nor the one that was taken over.
        ...{ alone: 5, alone_bp: 7143 },
        resolution: { bought: 2, said: 1, assumed: 2, unresolved: 1, going: 1 },
        // 52, 20, 22, 1, 11, 31 and 1 seconds.
        handling_ms: { count: 7, mean: 19_714, median: 20_000 },
        approval_ms: { count: 1, mean: 60_000, median: 60_000 },
        model: { calls: 3, unpriced: 1, micro_usd: 140, micro_usd_mean: 20 },
      });
    });

    test("tell people and machines apart, and one day from another", async () => {
      const { figures, series } = await insights(SPAN, NOW, seen.hindsight);
      expect(figures.person).toMatchObject({ sessions: 5, closed: 1, close_bp: 2_000, alone: 4, offered: 2 });
      expect(figures.machine).toMatchObject({
        sessions: 2,
        closed: 1,
        close_bp: 5_000,
        alone: 1,
        offered: 1,
      });
      // 20 seconds and 1.
      expect(figures.machine.handling_ms).toEqual({ count: 2, mean: 10_500, median: 10_500 });
      expect(figures.machine.resolution).toEqual({ bought: 1, said: 0, assumed: 0, unresolved: 0, going: 1 });
      expect(series.map(({ day, all, person }) => [day, all.sessions, person.sessions])).toEqual([
        ["2031-03-01", 2, 1],
        ["2031-03-02", 5, 4],
      ]);
      expect(series[0]?.all.money).toEqual(figures.all.money);
      expect(series[1]?.all.money).toEqual([]);
    });

    test("name the products that sell, and those that are offered and do not", async () => {
      const { products } = await insights(SPAN, NOW, seen.hindsight);
      expect(products.best).toEqual([
        {
          sku: "A",
          title: "The A",
          offered: 2,
          sold: 2,
          units: 3,
          money: [{ currency: "USD", amount: 280, list: 300 }],
        },
        {
          sku: "B",
          title: "The B",
          offered: 2,
          sold: 1,
          units: 1,
          money: [{ currency: "USD", amount: 450, list: 500 }],
        },
      ]);
      expect(products.worst.map(({ sku, offered, sold }) => [sku, offered, sold])).toEqual([["B", 2, 1]]);
    });

    test("take a conversation for silent after half an hour, and not before", async () => {
      const soon = await insights(SPAN, "2031-03-02T12:30:40.999Z", seen.hindsight);
      expect(soon.figures.all.resolution).toMatchObject({ assumed: 1, going: 2 });
      const then = await insights(SPAN, "2031-03-02T12:30:41.000Z", seen.hindsight);
      expect(then.figures.all.resolution).toMatchObject({ assumed: 2, going: 1 });
    });

    test("go by the order as it stands now", async () => {
      const late = written("2031-05-01T00");
      const four = offer("of4", [["A", 1, 80, 100]], 80);
      late.exchange("00:01", { text: "A" }, "00:02", {
        act: "accepted",
        offers: [four],
        intents: [intent("i4", "of4", "pending", 80)],
      });
      await late.store(seen.store);
      const looking = projector(seen.store, seen.hindsight, quiet);
      const may = { from: "2031-05-01T00:00:00.000Z", to: "2031-05-02T00:00:00.000Z" };
      await looking.catchUp(20_000);
      expect((await insights(may, NOW, seen.hindsight)).figures.all).toMatchObject({
        closed: 1,
        money: [{ given: 20 }],
      });
      const after = {
        kind: "order",
        by: "system",
        at: "2031-05-01T09:00:00.000Z",
        intent: intent("i4", "of4", "rejected", 80),
      };
      const { event } = await import("../contracts/opened.ts");
      await seen.store.append({
        ...{
          session: late.session,
          term: 1,
          after: 3,
          at: after.at,
          events: [event(4, JSON.stringify(after))],
        },
      });
      await looking.catchUp(20_000);
      expect((await insights(may, NOW, seen.hindsight)).figures.all).toMatchObject({ closed: 0, money: [] });
    });

    test("are a table of numbers alone, a currency a set of columns", async () => {
      const csv = insightsCsv(await insights(SPAN, NOW, seen.hindsight));
      const [head = "", ...lines] = csv
        .trimEnd()
        .split("\r\n")
        .map((line) => line.split(","));
      expect(lines.map(([day, who]) => `${day} ${who}`)).toEqual(
        ["all", "2031-03-01", "2031-03-02"].flatMap((day) =>
          ["all", "person", "machine"].map((who) => `${day} ${who}`),
        ),
      );
      const cell = (row: number, name: string) => lines[row]?.[head.indexOf(name)];
      expect([cell(0, "sessions"), cell(0, "given_USD"), cell(0, "allowed_USD")]).toEqual(["7", "75", "95"]);
      expect([cell(6, "given_USD"), cell(6, "approval_ms_mean")]).toEqual(["0", ""]);
      expect(
        lines.flat().filter((text) => !/^(?:-?\d+|all|person|machine|\d{4}-\d\d-\d\d)?$/.test(text)),
      ).toEqual([]);
    });
  });
}

figuresOver("SQLite", onSqlite);
describe.runIf(await isThere())("on a server", () => figuresOver("PostgreSQL", onPostgres));
