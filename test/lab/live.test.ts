import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { summary, table } from "../../src/lab/table.ts";
import type { Asked, Step } from "../wire/script.ts";
import { startWire, type Wire } from "../wire/server.ts";
import { fixtureOf, labOn, ROOT } from "./bench.ts";

const FIXTURE = fixtureOf(`
id: written-here
about: One question and one more
lang: en
currency: USD
turns:
  - say: how much is NB-16S-GRY?
    expect: { text: { contains: ["1,699"] } }
  - say: and MN-24F?
`);

let root: string;
let wire: Wire;
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), "parley-lab-"));
  cpSync(join(ROOT, "prompts"), join(root, "prompts"), { recursive: true });
  mkdirSync(join(root, "fixtures"));
  cpSync(join(ROOT, "fixtures/vendors"), join(root, "fixtures/vendors"), { recursive: true });
  wire = await startWire(truthful);
  process.env.PARLEY_MODEL = `openai-chat:scripted@${wire.url}`;
  process.env.PARLEY_MODEL_KEY = "a-key";
});
afterEach(async () => {
  delete process.env.PARLEY_MODEL;
  delete process.env.PARLEY_MODEL_KEY;
  delete process.env.PARLEY_MODEL_PRICE;
  await wire.close();
  rmSync(root, { recursive: true });
});

const tape = () => existsSync(join(root, "fixtures/tapes/written-here.yaml"));
const plain = (_: string, text: string) => text;

describe("played with a model", () => {
  test("one that answers passes, in its own words, and is recorded", async () => {
    const [outcome] = await labOn(root, "--record").play([FIXTURE]);
    expect(outcome?.verdict).toBe("pass");
    expect(table(outcome ? [outcome] : [], plain)).toMatch(/own words\npass .* 2\/2$/);
    expect(tape()).toBe(true);
    const [again] = await labOn(root).play([FIXTURE]);
    expect(again).toMatchObject({ mode: "tape", verdict: "pass" });
  });

  test("one that does not answer is no pass, though the house goes on; nothing is recorded", async () => {
    wire.script([{ status: 401 }]);
    const [outcome] = await labOn(root, "--record").play([FIXTURE]);
    expect(outcome?.verdict).toBe("fail");
    expect(outcome?.turns.map(({ by }) => by)).toEqual(["house", "house"]);
    expect(outcome?.turns[0]?.failures).toMatchObject([{ path: "model", wanted: "an answer to word" }]);
    expect(String(outcome?.turns[0]?.failures[0]?.got)).toMatch(/^unauthorized/);
    expect(tape()).toBe(false);
  });

  test("its cost is told where prices are known, and not called nothing where they are not", async () => {
    const [unpriced] = await labOn(root, "--mode", "live").play([FIXTURE]);
    expect(summary(unpriced ? [unpriced] : [], 1)).not.toContain("$");
    process.env.PARLEY_MODEL_PRICE = "0.25/2";
    const [priced] = await labOn(root, "--mode", "live").play([FIXTURE]);
    expect(summary(priced ? [priced] : [], 1)).toMatch(/\$0\.00\d*[1-9]/);
  });
});

/** Words as the house would. */
async function truthful({ schema, user }: Asked): Promise<Step> {
  if (schema?.name === "research") return { answer: { look_ups: [] } };
  if (schema?.name !== "word") return { answer: { lang: "en", acts: [], unclear: "all of it" } };
  const house = /<data name="house">(.*?)<\/data>/s.exec(user)?.[1];
  const text = `Happy to help. ${house ? (JSON.parse(house) as string) : ""}`;
  return { answer: { text, speech: text.split("\n")[0]?.slice(0, 200) ?? "" } };
}
