import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { tapeModel } from "../../src/adapters/model/tape.ts";
import { openPrompts } from "../../src/adapters/prompts/open.ts";
import { crewOf } from "../../src/app/lab-crew.ts";
import { stages } from "../../src/app/lab-stage.ts";
import type { Event, Numbered } from "../../src/domain/event.ts";
import { Tape } from "../../src/domain/tape.ts";
import { liveCast, tapeCast } from "../../src/lab/cast.ts";
import { Fixture, readFixture } from "../../src/lab/fixture.ts";
import { HOUSE, play, type Stage } from "../../src/lab/play.ts";
import { promote } from "../../src/lab/promote.ts";
import type { Model } from "../../src/ports/model.ts";
import { DETAILS } from "../session/buying.ts";

const root = resolve(import.meta.dirname, "../..");
const set = stages(root, (line) => expect.fail(line));
const prompts = await openPrompts(resolve(root, "prompts"), {
  watch: false,
  onProblem: () => {},
  onChange: () => {},
});
const crew = crewOf({ root, prompts, prices: {} as Parameters<typeof crewOf>[0]["prices"] });

/** Words everything as the house would; its first try now and then names people nobody has named here. */
const polite: Model = {
  id: "scripted:polite",
  ask: async ({ question }) => {
    const house = question.heard.house ?? "";
    const [text = house, speech = text] = house.split("\n");
    const gossips =
      question.prompt === "word" &&
      question.heard.objection === "" &&
      /sounds good|견적/.test(question.heard.message ?? "");
    const names = gossips ? "Marguerite Oyelaran, 남궁민서 님, 01077419083. " : "";
    const answer = question.prompt === "word" ? { text: names + text, speech } : { look_ups: [] };
    return { ok: true, text: JSON.stringify(answer), model: "scripted:polite", tokens: { in: 10, out: 5 } };
  },
};

const EN = Fixture.parse({
  id: "stored-en",
  about: "As it happened",
  lang: "en",
  currency: "USD",
  at: "2026-11-20T09:00:00.000Z",
  turns: [
    { say: "Do you have an ergonomic mouse? I need a white one." },
    { say: "I'll take three of the white one." },
    { say: "sounds good, I'll take it" },
    { say: "Marguerite Oyelaran, 2217 SW Broadway, Apt 5B, Portland, OR 97201, phone 503-555-7788" },
    { say: "It's paid by Oyelaran Pottery LLC, marguerite@oyelaran-pottery.co" },
    { say: "yes please" },
    { say: "where is my order? Marguerite" },
    { say: "thanks, my card is 5500 0000 0000 0004" },
  ],
});

const KO = Fixture.parse({
  id: "stored-ko",
  about: "있었던 대로",
  lang: "ko",
  currency: "KRW",
  kind: "machine",
  channel: "agent",
  ship_to: { country: "KR", postal_code: "63122" },
  turns: [
    { say: "콜 B1 헤드셋 12개 견적 요청드립니다. 담당자는 남궁민서 님이에요." },
    { act: { act: "propose", counters: "$offer", off_bp: 500 } },
    {
      act: {
        act: "accept",
        offer: "$offer",
        hash: "$hash",
        details: {
          ship_to: {
            country: "KR",
            postal_code: "63122",
            name: "남궁민서",
            lines: ["제주특별자치도 제주시 첨단로 242", "203동 1507호"],
            phone: "010-7741-9083",
          },
          payer: { name: "주식회사 늘봄상회", email: "pay@neulbom.kr", tax_id: "220-81-62517" },
          purchase_order: "PO-88412",
        },
      },
    },
  ],
});
const PLANTED =
  /marguerite|oyelaran|2217|\b5B\b|97201|555-7788|5500 0000|남궁|민서|첨단로|1507|7741|9083|늘봄|neulbom|62517|88412|63122/i;

/** Plays it with a model and gives what the store then holds. */
async function stored(fixture: Fixture) {
  const stage = await set.open(fixture);
  const kept: Stage = { house: stage.house, close: () => {} };
  const outcome = await play({ fixture, file: "x" }, kept, liveCast("live", polite, crew));
  expect(outcome.problem).toBeUndefined();
  expect(outcome.turns.flatMap(({ fault }) => (fault ? [fault] : []))).toEqual([]);
  const [record] = await stage.house.store.sessions(1);
  const id = record?.id ?? "";
  const rows = await stage.house.store.read(id, 0, 300);
  const log = rows.map(({ seq, json }): Numbered => ({ seq, event: JSON.parse(json) as Event }));
  const calls = await stage.house.store.calls(id);
  stage.close();
  return { log, calls };
}

const promoted = async (fixture: Fixture, id: string) => {
  const { log, calls } = await stored(fixture);
  expect(JSON.stringify(log)).toMatch(PLANTED);
  return promote(log, calls, {
    ...{ id, at: "2026-11-22T00:00:00Z", postal_prefixes: ["63", "995"] },
    play: async (made, model, turn) =>
      play({ fixture: made, file: "x" }, await set.open(made), liveCast("tape", model, crew, turn)),
  });
};

describe("a stored conversation", () => {
  for (const [name, original] of [
    ["English", EN],
    ["Korean", KO],
  ] as const) {
    test(`${name}: becomes a fixture that passes by the house alone and with its tape, with nobody's data in it`, async () => {
      const { fixture, tape, masked, outcome, notes } = await promoted(
        original,
        `promoted-${name.toLowerCase()}`,
      );
      expect(notes).toEqual([]);
      const written = readFixture(stringify(fixture), "x.yaml");
      expect(written.problems).toEqual([]);
      expect(stringify(fixture) + JSON.stringify(tape)).not.toMatch(PLANTED);
      expect(masked).toBeGreaterThanOrEqual(6);

      const file = { fixture: written.fixture ?? fixture, file: "x.yaml" };
      const alone = await play(file, await set.open(fixture), HOUSE);
      expect(alone.turns.flatMap(({ failures }) => failures)).toEqual([]);
      expect(outcome.turns.flatMap(({ failures }) => failures)).toEqual([]);

      const parsed = Tape.parse(JSON.parse(JSON.stringify(tape)));
      expect(parsed.calls.length).toBeGreaterThan(0);
      expect(parsed).toMatchObject({ origin: "recorded", model: "scripted:polite" });
      const replayed = await play(file, await set.open(fixture), tapeCast(tapeModel(parsed), "x", crew));
      expect(replayed.verdict).toBe("pass");
      expect(
        replayed.turns
          .flatMap(({ calls }) => calls.map(({ source }) => source))
          .every((s) => s === "replayed"),
      ).toBe(true);
      expect(replayed.turns.flatMap(({ calls }) => calls)).toHaveLength(parsed.calls.length);
    });
  }

  test("typed acts name the latest offer by placeholders; figures, terms and the order are expected again", async () => {
    const { fixture } = await promoted(KO, "promoted-typed");
    expect(fixture.turns[1]?.act).toEqual({ act: "propose", counters: "$offer", off_bp: 500 });
    expect(fixture.turns[2]?.act).toMatchObject({ offer: "$offer", hash: "$hash" });
    expect(fixture.turns[1]?.expect.offer).toMatchObject({
      skus: ["HS-B1"],
      quantity: 12,
      delivery: "standard",
    });
    expect(fixture.turns[2]?.expect).toMatchObject({
      act: "accepted",
      intent: { status: "pending" },
      lang: "ko",
    });
    const details = fixture.turns[2]?.act?.details as { ship_to: { postal_code: string } };
    expect(details.ship_to.postal_code).toMatch(/^631\d\d$/);
  });

  test("several offers are named each by its place, and played by it", async () => {
    const packages = Fixture.parse({
      ...{ id: "stored-packages", about: "As it happened", lang: "en", currency: "USD" },
      ...{ kind: "machine", channel: "agent", ship_to: { country: "US", postal_code: "45501" } },
      turns: [
        {
          act: {
            act: "propose",
            lines: [{ item: { sku: "CH-AM-BLK" }, quantity: 2 }],
            total: 58_000,
            terms: { warranty: { months_min: 24 } },
          },
        },
        { act: { act: "propose", lines: [{ item: { sku: "HS-B1" }, quantity: 1 }] } },
        { act: { act: "reject", offer: "$offer.2", reason: "timing_deferred" } },
        { act: { act: "propose", counters: "$offer.1", lower: true } },
        { act: { act: "accept", offer: "$offer", hash: "$hash", details: DETAILS } },
      ],
    });
    const { log, calls } = await stored(packages);
    const first = log.find(({ event }) => event.kind === "reply" && event.move.offers.length > 1);
    expect(first).toBeDefined();
    const { fixture, notes, outcome } = await promote(log, calls, {
      ...{ id: "promoted-packages", at: "2026-11-22T00:00:00Z" },
      play: async (made) => play({ fixture: made, file: "x" }, await set.open(made), HOUSE),
    });
    expect(notes).toEqual([]);
    expect(fixture.turns[2]?.act).toMatchObject({ offer: "$offer.2" });
    expect(fixture.turns[3]?.act).toMatchObject({ counters: "$offer.1" });
    expect(fixture.turns[4]?.act).toMatchObject({ offer: "$offer", hash: "$hash" });
    expect(outcome.turns.flatMap(({ failures }) => failures)).toEqual([]);
  });

  test("a tape whose prompt has changed since is stale, not green", async () => {
    const { log, calls } = await stored(EN);
    const older = calls.map(({ message, call }) => ({
      message,
      call: { ...call, hash: "0123456789abcdef" },
    }));
    const { fixture, tape } = await promote(log, older, {
      ...{ id: "promoted-old", at: "2026-11-22T00:00:00Z" },
      play: async (made, model, turn) =>
        play({ fixture: made, file: "x" }, await set.open(made), liveCast("tape", model, crew, turn)),
    });
    const cast = tapeCast(tapeModel(Tape.parse(tape)), "x", crew);
    expect((await play({ fixture, file: "x" }, await set.open(fixture), cast)).verdict).toBe("stale");
  });
});
