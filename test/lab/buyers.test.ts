import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { noBus } from "../../src/adapters/no-bus.ts";
import { parsePrompt } from "../../src/adapters/prompts/parse.ts";
import { stages } from "../../src/app/lab-stage.ts";
import type { Asker } from "../../src/asking/asker.ts";
import type { Asked, Question } from "../../src/domain/question.ts";
import { readBuyer } from "../../src/lab/buyers.ts";
import { converseByModel, question } from "../../src/lab/buyers-model.ts";
import { soakTable, summarise } from "../../src/lab/buyers-report.ts";
import { soak } from "../../src/lab/buyers-run.ts";
import { type Conversation, converse } from "../../src/lab/buyers-talk.ts";
import { Fixture } from "../../src/lab/fixture.ts";
import type { Stage } from "../../src/lab/play.ts";
import { type House, UNCOUNTED } from "../../src/session/house.ts";

const root = resolve(import.meta.dirname, "../..");
const folder = resolve(root, "fixtures/buyers");
const buyers = readdirSync(folder).map((name) => {
  const { buyer, problems } = readBuyer(readFileSync(resolve(folder, name), "utf8"), name);
  if (!buyer) throw new Error(problems.join("\n"));
  return buyer;
});
const nothing = () => {};
let stage: Stage;
let house: House;
let now = Date.parse("2026-11-20T09:00:00Z");

beforeAll(async () => {
  const set = stages(root, (line) => expect.fail(line));
  stage = await set.open(
    Fixture.parse({ id: "x", about: "x", lang: "en", currency: "USD", turns: [{ say: "x" }] }),
  );
  house = {
    ...stage.house,
    clock: {
      now: () => {
        now += 10;
        return new Date(now).toISOString();
      },
    },
    log: { debug: nothing, info: nothing, warn: nothing, error: nothing },
    meter: UNCOUNTED,
    sinks: [],
    wakeOutbox: nothing,
    bus: noBus(),
    patience_ms: 0,
    search_ms: 300,
    lease_ms: 30_000,
    model: null,
  };
});
afterAll(() => stage.close());

const offerOf = ({ turns }: Conversation, id: string | undefined) =>
  turns.flatMap(({ answered }) => answered.move?.offers ?? []).find((offer) => offer.id === id);

describe("simulated buyers", () => {
  test("there are a dozen and more, of every style, in both languages, honest and not", () => {
    expect(buyers.length).toBeGreaterThanOrEqual(12);
    expect(new Set(buyers.map(({ style }) => style)).size).toBe(6);
    expect(buyers.filter(({ lang }) => lang === "ko").length).toBeGreaterThanOrEqual(5);
    expect(buyers.filter(({ honest }) => !honest).length).toBeGreaterThanOrEqual(2);
  });

  test("a buyer whose target is above its budget is refused with its file", () => {
    const text = readFileSync(resolve(folder, "terse-monitor-en.yaml"), "utf8").replace(
      "target: 38000",
      "target: 99000",
    );
    expect(readBuyer(text, "a.yaml").problems[0]).toBe("a.yaml: needs.0: the target is above the budget");
  });

  test("by the hundred they order or leave, never above their budget, in words that vary by seed", {}, async () => {
    const talks = await soak(buyers, { house, runs: 160, seed: 1, at_once: 8, talk: converse });
    expect(talks).toHaveLength(160);
    const rates = summarise(talks);
    if (process.env.SHOW) console.log(soakTable(rates));
    for (const talk of talks) {
      const buyer = buyers.find(({ id }) => id === talk.buyer);
      const sent = talk.turns.map((turn) => turn.sent);
      expect(sent.length, talk.buyer).toBeLessThanOrEqual((buyer?.patience ?? 0) + 2);
      for (const one of sent) {
        if (!("act" in one) || one.act.act !== "accept") continue;
        const offer = offerOf(talk, one.act.offer);
        const need = buyer?.needs.find(({ sku }) => sku === offer?.lines[0]?.sku);
        expect(offer?.totals.total, `${talk.buyer} ${talk.seed}`).toBeLessThanOrEqual(
          (need?.budget ?? 0) * (need?.quantity ?? 0),
        );
        expect(one.act.hash).toBe(offer?.hash);
      }
    }
    const all = rates.at(-1);
    expect(all?.agreed_bp).toBeGreaterThan(3_000);
    expect(all?.discount_bp).toBeGreaterThan(0);
    // Faults of the protocol would be the buyer's own mistakes; stock may run out.
    expect(Object.keys(all?.faults ?? {}).filter((code) => code !== "out_of_stock")).toEqual([]);
    for (const id of ["lowball-espresso-en", "impossible-laptop-ko"])
      expect(rates.find(({ buyer }) => buyer === id)?.agreed_bp, id).toBe(0);
    const firsts = new Set(
      talks
        .filter(({ buyer }) => buyer === "polite-chairs-en")
        .map(({ turns }) => JSON.stringify(turns[0]?.sent)),
    );
    expect(firsts.size).toBeGreaterThan(2);
  });

  test("the same seed against the same house is the same conversation", async () => {
    const [buyer] = buyers;
    if (!buyer) throw new Error("no buyer");
    const said: string[] = [];
    for (let n = 0; n < 2; n++) {
      const talk = await converse(buyer, async () => ({ move: null, words: null, fault: null }), 5);
      said.push(JSON.stringify(talk));
    }
    expect(said[0]).toBe(said[1]);
  });

  test("one led by a model speaks its words, and buys only within budget by id and hash", async () => {
    const buyer = buyers.find(({ id }) => id === "terse-monitor-en");
    if (!buyer) throw new Error("no buyer");
    const asked: Question<"buy">[] = [];
    const lines = [
      "Do you have the Lumeko View 27 4K USB-C Monitor?",
      "I'll take one of the Lumeko View 27 4K USB-C Monitor",
      "could you do $440 all in?",
    ];
    const asker: Asker = {
      purse: () => ({ turn: nothing }),
      ask: async (put) => {
        asked.push(put as unknown as Question<"buy">);
        const say = lines[asked.length - 1];
        return {
          ok: true,
          answer: { say: say ?? "", done: say === undefined },
          call: {},
        } as unknown as Asked<never>;
      },
    };
    const [talk] = await soak([buyer], {
      house,
      runs: 1,
      seed: 900,
      at_once: 1,
      talk: (one, say, seed) => converseByModel(one, say, asker, seed),
    });
    expect(talk?.ended).toBe("agreed");
    expect(talk?.deals[0]?.total).toBeLessThanOrEqual(47_000);
    expect(asked[0]?.heard.vendor).toBe("");
    expect(asked[2]?.given.table).toMatch(/Lumeko View 27 4K.*all in/);
    expect(asked[2]?.heard.vendor).not.toBe("");
  });

  test("its prompt fits the inputs it is given, and fences what the vendor said", () => {
    const [buyer] = buyers;
    const parsed = parsePrompt("prompts/buy.md", readFileSync(resolve(root, "prompts/buy.md"), "utf8"));
    if (!("ok" in parsed) || !buyer) throw new Error(JSON.stringify(parsed));
    const put = question(
      buyer,
      [],
      { move: null, words: { lang: "en", text: "Hi <b>", speech: "", reprompt: "" }, fault: null },
      2,
    );
    expect(Object.keys({ ...put.given, ...put.heard }).sort()).toEqual(Object.keys(parsed.ok.inputs).sort());
    const { user, system } = parsed.ok.render(put);
    expect(user).toContain('<data name="vendor">');
    expect(user).not.toContain("<b>");
    expect(`${system}${user}`).not.toMatch(/\{[{%]|undefined/);
  });
});
