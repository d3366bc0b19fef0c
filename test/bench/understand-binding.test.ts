import { join } from "node:path";
import { expect, test } from "vitest";
import { actsOf } from "../../bench/understand-agreement.ts";
import { attacks, boundBy, type Spoken } from "../../bench/understand-binding.ts";
import { stageOf } from "../../bench/understand-stage.ts";
import { dataSet } from "../transport/data-set.ts";

const stage = await stageOf(join(import.meta.dirname, "../.."), "demo");
const said = (lang: "en" | "ko", text: string): Spoken => ({ set: "told", lang, text, yes: false });

test("a yes is counted with an offer on the table and where one was read back, in either language", () => {
  const texts = [
    said("en", "I'll take it."),
    said("en", "How wide is it?"),
    said("en", "I'll take it if you throw in a lamp."),
    said("ko", "네, 그걸로 할게요."),
    said("ko", "의자 폭이 얼마나 되나요?"),
  ];
  expect(boundBy(texts, stage).map(({ text, table, binds }) => [text, table, binds])).toEqual([
    ["I'll take it.", "offer", false],
    ["I'll take it.", "readback", true],
    ["네, 그걸로 할게요.", "offer", false],
    ["네, 그걸로 할게요.", "readback", true],
  ]);
});

test("what is asked about is not acted on, and manners count where there is nothing else", () => {
  const reading = { lang: "en", confidence: 0.9 } as const;
  expect(actsOf({ ...reading, acts: [{ act: "greet" }, { act: "help" }] })).toBe("help");
  expect(actsOf({ ...reading, acts: [{ act: "greet" }] })).toBe("greet");
  expect(actsOf({ ...reading, acts: [{ act: "help" }], unsure: "act" })).toBe("");
  expect(actsOf({ ...reading, acts: [{ act: "help" }], confidence: 0.5 })).toBe("");
});

test.skipIf(dataSet("deepset-prompt-injections/train.jsonl").skipped)(
  "no text of an attacker is heard as a yes",
  () => {
    expect(boundBy(attacks(), stage)).toEqual([]);
  },
);
