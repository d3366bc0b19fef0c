import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Asked, type Call, NoAnswer, type Question, type Saying } from "../../src/domain/question.ts";
import type { AnswerTo } from "../../src/domain/questions/index.ts";
import type { Move, Words } from "../../src/domain/reply.ts";
import { initial } from "../../src/domain/state.ts";
import { phrase } from "../../src/wording/phrase.ts";
import { word } from "../../src/wording/word.ts";
import { answer, dollarOffer, en, fact, ko, move, vendor, weight, wonOffer } from "./moves.ts";

type Answer = AnswerTo<"word">;
type Given = Answer | { readonly why: NoAnswer; readonly partial?: Partial<Answer> };

const offer = move({ act: "offer", offers: [dollarOffer()], round: { n: 1, of: 10 } });
const TRUE = [
  "I can offer you two of the Orrin Air 14 Laptop, Black at $850.00 each.",
  "They arrive in 1 day, and express delivery is free.",
  "All in, that comes to $1,769.63.",
  "Would you like to take it?",
] as const;
const LIE = "And I give you a lifetime guarantee on top.";
const SPEECH =
  "Two laptops would be one thousand seven hundred sixty-nine dollars and sixty-three cents. Would you like to take it?";
const honest: Answer = { text: TRUE.join(" "), speech: SPEECH };

describe("words of a model", () => {
  test("go out as they are when every sentence holds", () => {
    const { words, questions, heard } = talk(offer, [honest]);
    expect(words).toEqual({ ...houseOf(offer), text: honest.text, speech: SPEECH });
    expect(questions).toHaveLength(1);
    expect(questions[0]).toMatchObject({ prompt: "word", given: { attempt: "first", continues: "no" } });
    expect(heard.at(-1)).toBe(honest.text);
  });

  test("in Korean as well, and what is said after silence stays the house's", () => {
    const given = move({ act: "offer", offers: [wonOffer()] });
    const text =
      "토카 75 기계식 키보드 3개를 하나에 ₩89,000씩 드릴 수 있어요. 모두 포함해서 ₩272,670이에요. 이 제안으로 하시겠어요?";
    const { words } = talk(given, [{ text, speech: "" }], ko, "세 개 살게요");
    expect(words).toEqual({ ...houseOf(given, ko), text });
  });

  test("stop at a lie: what came before it stays, and a second try goes on from there with what was wrong", () => {
    const lying = { text: [TRUE[0], LIE, TRUE[2], TRUE[3]].join(" "), speech: SPEECH };
    const rest = { text: TRUE.slice(1).join(" "), speech: SPEECH };
    const { words, questions, heard } = talk(offer, [lying, rest]);
    expect(words.text).toBe(honest.text);
    expect(questions).toHaveLength(2);
    expect(questions[1]?.given).toMatchObject({ attempt: "second", continues: "yes" });
    expect(questions[1]?.heard.said).toBe(TRUE[0]);
    expect(questions[1]?.heard.objection).not.toBe("");
    expect(heard.join("\n")).not.toContain("guarantee");
  });

  test("after a second lie are the house's, behind what was said", () => {
    const { words, questions, heard } = talk(offer, [
      { text: `${TRUE[0]} ${LIE}`, speech: SPEECH },
      { text: `${TRUE[1]} ${LIE}`, speech: SPEECH },
    ]);
    const house = houseOf(offer);
    expect(words).toEqual({ ...house, text: `${TRUE[0]} ${TRUE[1]}\n\n${house.text}` });
    expect(questions).toHaveLength(2);
    expect(heard.at(-1)).toBe(`${TRUE[0]} ${TRUE[1]}`);
  });

  test("that are false from the first sentence on leave nothing but the house's", () => {
    const { words, questions, heard } = talk(offer, [
      { text: `${LIE} ${TRUE[0]}`, speech: SPEECH },
      { text: `It costs $1.00. ${TRUE[0]}`, speech: SPEECH },
    ]);
    expect(words).toEqual(houseOf(offer));
    expect(questions[1]?.given).toMatchObject({ attempt: "second", continues: "no" });
    expect(heard.join("")).toBe("");
  });

  test("a second try that says again what was said is not heard twice", () => {
    const { words } = talk(offer, [{ text: `${TRUE[0]} ${LIE}`, speech: SPEECH }, honest]);
    expect(words.text).toBe(honest.text);
  });

  test("without the total get the house's sentence that has it", () => {
    const { words, questions } = talk(offer, [{ text: `${TRUE[0]} ${TRUE[3]}`, speech: SPEECH }]);
    expect(questions).toHaveLength(1);
    expect(words.text.startsWith(`${TRUE[0]} ${TRUE[3]}`)).toBe(true);
    expect(words.text).toContain("$1,769.63");
    expect(words.text).not.toContain("Warranty");
  });

  test.each([
    ["a lie", "It is guaranteed to be the lowest price anywhere."],
    ["another price", "Two laptops for nine hundred dollars. Would you like to take it?"],
    ["nothing", ""],
  ])("with %s in what is spoken are spoken as the house would", (_, speech) => {
    const { words, questions } = talk(offer, [{ text: honest.text, speech }]);
    expect(words).toEqual({ ...houseOf(offer), text: honest.text });
    expect(questions).toHaveLength(1);
  });

  test("that are empty are the house's", () => {
    expect(talk(offer, [{ text: " \n", speech: SPEECH }]).words).toEqual(houseOf(offer));
  });
});

describe("a model that fails", () => {
  test.each(NoAnswer.options)(
    "%s: the house speaks, behind what was said, and nobody is asked again",
    (why) => {
      expect(talk(offer, [{ why }])).toMatchObject({ words: houseOf(offer), questions: { length: 1 } });
      const partial = { text: `${TRUE[0]} They arrive in` };
      const { words, questions } = talk(offer, [{ why, partial }]);
      expect(words).toEqual({ ...houseOf(offer), text: `${TRUE[0]}\n\n${houseOf(offer).text}` });
      expect(questions).toHaveLength(1);
    },
  );

  test("after a first try that was stopped, keeps what that one said", () => {
    const { words } = talk(offer, [{ text: `${TRUE[0]} ${LIE}`, speech: "" }, { why: "timeout" }]);
    expect(words.text).toBe(`${TRUE[0]}\n\n${houseOf(offer).text}`);
  });
});

describe("what is said while an answer comes", () => {
  const pieces = [
    ...TRUE,
    LIE,
    "It weighs 1.24 kg.",
    "\n- 2 × Orrin Air 14 Laptop, Black: $850.00 each\n",
    "Great",
    "…",
  ];
  const anyText = fc.array(fc.constantFrom(...pieces), { maxLength: 6 }).map((some) => some.join(" "));
  const anyAnswer: fc.Arbitrary<Given> = fc.oneof(
    fc.record({ text: anyText, speech: fc.constantFrom(SPEECH, "") }),
    fc.record({ why: fc.constantFrom(...NoAnswer.options), partial: fc.record({ text: anyText }) }),
  );
  const given = move({
    act: "offer",
    offers: [dollarOffer()],
    answers: [
      answer([weight, fact({ kind: "review", key: "review", value: 5, text: "Light as a feather." })]),
    ],
  });

  test("only grows, and the finished words begin with it, wherever the answers are cut", () => {
    fc.assert(
      fc.property(fc.array(anyAnswer, { minLength: 2, maxLength: 2 }), (answers) => {
        const { words, heard } = talk(given, answers);
        heard.reduce((before, next) => {
          expect(next.startsWith(before)).toBe(true);
          return next;
        }, "");
        expect(words.text.startsWith(heard.at(-1) ?? "")).toBe(true);
        expect(words.text).not.toContain("lifetime");
      }),
      { numRuns: 60 },
    );
  });

  test("a replay, which is given each answer as it ended, comes to the same questions and words", () => {
    fc.assert(
      fc.property(fc.array(anyAnswer, { minLength: 2, maxLength: 2 }), (answers) => {
        const live = talk(given, answers);
        const steps = phrase("Hm?", given, houseOf(given), { state: stateOf(en), vendor });
        let step = steps.next();
        for (const [i, asked] of live.asked.entries()) {
          expect(!step.done && step.value.question).toEqual(live.questions[i]);
          step = steps.next(asked);
        }
        expect(step).toEqual({ done: true, value: live.words });
      }),
      { numRuns: 60 },
    );
  });
});

test("words stay within their bounds, however long the model's and the house's are", () => {
  const house = { ...houseOf(offer), text: `${houseOf(offer).text} `.repeat(20).slice(0, 7_000) };
  const text = Array.from({ length: 60 }, () => TRUE[0])
    .join(" ")
    .slice(0, 4_000);
  const { words } = talk(
    offer,
    [
      { text, speech: SPEECH },
      { text, speech: SPEECH },
    ],
    en,
    "Hm?",
    house,
  );
  expect(words.text.length).toBeLessThanOrEqual(8_000);
  expect(words.text.endsWith(house.text)).toBe(true);
});

function stateOf({ lang, currency }: typeof en) {
  return initial(
    {
      ...{ kind: "opened", at: "2026-11-14T14:00:00.000Z", lang, currency, channel: "chat" },
      party: { principal: "p", kind: "person", tier: "anonymous" },
      ...{ vendor: "harbour", ship_to: { country: "US" }, rounds: 10 },
    } as Parameters<typeof initial>[0],
    1,
  );
}

function houseOf(given: Move, context = en): Words {
  return word(given, context);
}

/** Plays a model that gives these answers in turn, each letter by letter, and listens as a session would. */
function talk(
  given: Move,
  answers: readonly Given[],
  context = en,
  text = "Hm?",
  house = houseOf(given, context),
) {
  const steps = phrase(text, given, house, { state: stateOf(context), vendor });
  const questions: Question[] = [];
  const heard: string[] = [];
  const asked: Asked<"word">[] = [];
  let step = steps.next();
  while (!step.done) {
    const next = answers[questions.length];
    if (!next) throw new Error(`nobody was to be asked a question number ${questions.length + 1}`);
    questions.push(step.value.question);
    const came = listen(step.value, next, (said) => heard.push(said));
    asked.push(came);
    step = steps.next(came);
  }
  return { words: step.value, questions, heard, asked };
}

function listen({ sayable }: Saying, given: Given, say: (said: string) => void): Asked<"word"> {
  const failing = "why" in given;
  const answer: Partial<Answer> = failing ? (given.partial ?? {}) : given;
  const { text = "", speech } = answer;
  const partials: Partial<Answer>[] = Array.from({ length: text.length }, (_, i) => ({
    text: text.slice(0, i + 1),
  }));
  if (speech !== undefined) partials.push({ text, speech: "" }, { text, speech });
  for (const partial of partials) {
    const { text: said, stop } = sayable(partial);
    say(said);
    if (stop) return { ok: false, why: "stopped", partial, call };
  }
  if (failing) return { ok: false, why: given.why, partial: given.partial ?? null, call };
  return { ok: true, answer: given, call };
}

const call: Call = {
  ...{ prompt: "word", version: 1, hash: "h", inputs: "i", model: "scripted:test", outcome: "answered" },
  ...{ requests: 1, repaired: false, tokens: null, micro_usd: null, ms: 0 },
};
