import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { NoAnswer } from "../../src/domain/question.ts";
import type { AnswerTo } from "../../src/domain/questions/index.ts";
import type { Move, Words } from "../../src/domain/reply.ts";
import { questionFor } from "../../src/wording/brief-question.ts";
import { phrase } from "../../src/wording/phrase.ts";
import { required, sentences } from "../../src/wording/verify/check.ts";
import { word } from "../../src/wording/word.ts";
import { type OpenedHouse, openHouse } from "../session/opened-house.ts";
import { converse, type Given, stateOf } from "./conversing.ts";
import { answer, dollarOffer, en, fact, ko, move, vendor, weight, wonOffer } from "./moves.ts";
import { type Played, playAll } from "./played.ts";

type Answer = AnswerTo<"word">;

const offer = move({ act: "offer", offers: [dollarOffer()], round: { n: 1, of: 10 } });
const TRUE = [
  "I can offer you two of the Orrin Air 14 Laptop, Black at $850.00 each.",
  "They arrive in 1 day, and express delivery is free.",
  "All in, that comes to $1,769.63.",
  "Would you like to take it?",
] as const;
const LIE = "And I give you a lifetime guarantee on top.";
const SPEECH =
  "Two Orrin Air laptops would be one thousand seven hundred sixty-nine dollars and sixty-three cents. Would you like to take it?";
const honest: Answer = { text: TRUE.join(" "), speech: SPEECH };

describe("words of a model", () => {
  test("go out as they are when every sentence holds", () => {
    const { words, questions, heard } = talk(offer, [honest]);
    expect(words).toEqual({ ...houseOf(offer), text: honest.text, speech: SPEECH });
    expect(questions).toHaveLength(1);
    expect(questions[0]).toMatchObject({ prompt: "word", heard: { said: "", objection: "" } });
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

  test("of the house are not said twice when the model had used one of them before its lie", () => {
    const house = houseOf(offer);
    const [first = ""] = house.text.split("\n");
    const lying = { text: `${first}\n${LIE}`, speech: SPEECH };
    const { words } = talk(offer, [lying, { text: LIE, speech: SPEECH }]);
    expect(words.text).toBe(`${first}\n\n${house.text.slice(first.length).trim()}`);
  });

  test("that are false from the first sentence on leave nothing but the house's", () => {
    const { words, questions, heard } = talk(offer, [
      { text: `${LIE} ${TRUE[0]}`, speech: SPEECH },
      { text: `It costs $1.00. ${TRUE[0]}`, speech: SPEECH },
    ]);
    expect(words).toEqual(houseOf(offer));
    expect(questions[1]?.heard.said).toBe("");
    expect(questions[1]?.heard.objection).not.toBe("");
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
    ["no price", "I can offer you two of the Orrin Air laptop. Would you like to take it?"],
  ])("with %s in what is spoken are spoken as the house would", (_, speech) => {
    const { words, questions } = talk(offer, [{ text: honest.text, speech }]);
    expect(words).toEqual({ ...houseOf(offer), text: honest.text });
    expect(questions).toHaveLength(1);
  });

  test("may say how long an offer holds, but no time of day, which it is not told", () => {
    const holding = "This offer is valid for 15 minutes.";
    const { words } = talk(offer, [{ text: `${TRUE[0]} ${holding} ${TRUE[2]} ${TRUE[3]}`, speech: SPEECH }]);
    expect(words.text).toContain(holding);
    const timed = {
      text: `${TRUE[0]} It is valid until Nov 14, 14:32 UTC. ${TRUE[2]} ${TRUE[3]}`,
      speech: SPEECH,
    };
    expect(talk(offer, [timed, honest]).questions).toHaveLength(2);
  });

  test("may quote a customer over several sentences, but not add to the quotation", () => {
    const review = fact({
      kind: "review",
      key: "review",
      value: 5,
      text: "Light as a feather. It never broke on me.",
    });
    const given = move({ act: "inform", answers: [answer([review])] });
    const quote = 'One customer wrote: "Light as a feather. It never broke on me."';
    const { words, heard } = talk(given, [{ text: quote, speech: "" }]);
    expect(words.text).toBe(quote);
    expect(heard.filter((said) => said !== "")[0]).toBe(quote);
    const more = `${quote.slice(0, -1)} It is guaranteed for life."`;
    expect(talk(given, [{ text: more, speech: "" }, { why: "timeout" }]).words).toEqual(houseOf(given));
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

  test("in the middle of what is spoken has the text whole, and the house speaks", () => {
    const { words } = talk(offer, [{ why: "cut_off", partial: { text: honest.text, speech: "Two Orrin" } }]);
    expect(words).toEqual({ ...houseOf(offer), text: honest.text });
  });

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
    fc.record({
      why: fc.constantFrom(...NoAnswer.options),
      partial: fc.record({ text: anyText, speech: fc.constant("Two") }, { requiredKeys: ["text"] }),
    }),
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

/** Letters at a time that answers come in over all dialogues; letter by letter they are cut above. */
const PIECE = 27;

describe("over every dialogue", () => {
  let house: OpenedHouse;
  let turns: Played[] = [];
  beforeAll(async () => {
    house = await openHouse();
    turns = await playAll(house);
  });
  afterAll(() => house.close());

  test("what the house would say passes as a model's words nearly always", () => {
    const own = turns.filter((turn) => {
      const { text, speech } = echo(turn);
      const answers = [1, 2].map(() => ({ text, speech }));
      const { words } = converse(turn, answers, PIECE);
      return words.text === text;
    });
    expect(turns.length).toBeGreaterThan(300);
    expect(own.length / turns.length).toBeGreaterThan(0.9);
  });

  test("a lie in the second sentence is never said, and what follows it is said on the second try or by the house", () => {
    const lies = { en: LIE, ko: "그리고 평생 무상 보증을 약속드려요." };
    const some = turns.filter((_, i) => i % 2 === 0);
    for (const turn of some) {
      const { text, speech } = echo(turn);
      const { lang } = turn.house;
      const [first = "", ...rest] = sentences(text, lang);
      const lying = { text: `${first.trimEnd()} ${lies[lang]} ${rest.join("")}`, speech };
      const next = { text: rest.join("") || text, speech };
      const { words, questions, heard } = converse(turn, [lying, next], PIECE);
      const all = [words.text, words.speech, ...heard].join("\n");
      expect(all, turn.dialogue).not.toContain(lies[lang]);
      expect(questions.length, turn.dialogue).toBe(2);
      expect(required(words.text, turn.move).length, turn.dialogue).toBeLessThanOrEqual(
        required(turn.house.text, turn.move).length,
      );
    }
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

function houseOf(given: Move, context = en): Words {
  return word(given, context);
}

function talk(
  given: Move,
  answers: readonly Given[],
  context = en,
  text = "Hm?",
  house = houseOf(given, context),
) {
  return converse({ text, move: given, house, state: stateOf(context), vendor }, answers);
}

/** The house's words as a model that copies them would say them: as the question shows them. */
function echo(turn: Played): Answer {
  return { text: questionFor(turn, null).heard.house ?? "", speech: turn.house.speech };
}
