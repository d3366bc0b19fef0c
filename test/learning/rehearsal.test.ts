import { resolve } from "node:path";
import { expect, test } from "vitest";
import { stages } from "../../src/app/lab-stage.ts";
import { readFixture } from "../../src/lab/fixture.ts";
import { drafted, fixtureText } from "../../src/learning/draft.ts";
import { type Rehearse, rehearsed, shortfall } from "../../src/learning/rehearsal.ts";
import type { GapDraft } from "../../src/protocol/gaps.ts";

const set = stages(resolve(import.meta.dirname, "../.."), (line) => expect.fail(line));
const rehearse: Rehearse = async (through) => {
  const stage = await set.open({ vendor: "demo" });
  return { house: { ...stage.house, search: through(stage.house.search) }, close: stage.close };
};

const EXAMPLES = [
  { text: "Is the DK-11C waterproof?", lang: "en", currency: "USD" },
  { text: "DK-11C 방수 되나요?", lang: "ko", currency: "KRW" },
];
const made = (draft: GapDraft, examples = EXAMPLES) =>
  drafted({
    gap: "gap_s_Xy",
    draft,
    examples,
    vendor: "demo",
    currency: "USD",
    at: "2031-01-01T00:00:00.000Z",
  });

test.each([
  [
    "about a product",
    { text: { en: "It is not: keep it dry.", ko: "방수가 아니에요." }, about: "DK-11C" },
    EXAMPLES,
  ],
  [
    "about the shop",
    { text: { en: "Yes, for orders above $500, by van on Saturdays." }, about: null },
    [{ text: "Do you ship by van on Saturdays?", lang: "en", currency: "USD" }],
  ],
])("a draft %s is a fixture that fails before and passes after", async (_, draft, examples) => {
  const { entries, fixtures } = made(draft, examples);
  const before = await rehearsed(fixtures, [], rehearse);
  expect(before.map(({ verdict }) => verdict)).toEqual(fixtures.map(() => "fail"));
  expect(shortfall(before)).toContain(`asked "${examples[0]?.text}", the agent still says: `);
  const after = await rehearsed(fixtures, entries, rehearse);
  expect([after.map(({ verdict }) => verdict), shortfall(after)]).toEqual([fixtures.map(() => "pass"), null]);
  // What is rehearsed is seen by nobody else.
  expect((await rehearsed(fixtures, [], rehearse)).map(({ verdict }) => verdict)).toEqual(
    fixtures.map(() => "fail"),
  );
});

test("a fixture is a file as the lab reads it, and is named after its entry", () => {
  const { entries, fixtures } = made({ text: { ko: "방수가 아니에요." }, about: "DK-11C" });
  expect(entries.map(({ id, lang }) => [id, lang])).toEqual([["learned/gap_s_Xy/ko", "ko"]]);
  for (const fixture of fixtures)
    expect(readFixture(fixtureText(fixture), "x.yaml")).toEqual({ fixture, problems: [] });
  expect(fixtures.map(({ id, currency }) => [id, currency])).toEqual([["learned-gap-s-xy-ko", "KRW"]]);
});

test("the question is staff's own where they give one, and has to be where nobody asked in that language", () => {
  const [, korean] = EXAMPLES;
  const only = korean ? [korean] : [];
  const text = { en: "It is not." };
  expect(() => made({ text, about: "DK-11C" }, only)).toThrow(
    /text\.en: nobody asked this in English.*question\.en/,
  );
  const { entries } = made({ text, about: "DK-11C", question: { en: "Can it get wet?" } }, only);
  expect(entries).toMatchObject([
    { kind: "answer", by: "vendor", question: "Can it get wet?", sku: "DK-11C" },
  ]);
});
