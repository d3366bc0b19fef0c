import type { Asked, Saying } from "../domain/question.ts";
import type { AnswerTo } from "../domain/questions/index.ts";
import type { Move, Words } from "../domain/reply.ts";
import type { Lang } from "../domain/text.ts";
import { type Failed, questionFor, shownHouse, type Wording } from "./brief-question.ts";
import { check, type Objection, required, sentences } from "./verify/check.ts";
import { type Support, supportOf } from "./verify/support.ts";

/**
 * Words of a model for a move, every sentence of them verified against it. One try, and one more that is told what was
 * wrong and goes on after what was said already; then the house's words, after what was said. What is said is worked
 * out from the answers alone, so that a replay, which sees each answer only whole, comes to the same words.
 */
export function* phrase(
  text: string,
  move: Move,
  house: Words,
  { state, vendor, whispers = [] }: Pick<Wording, "state" | "vendor"> & Partial<Pick<Wording, "whispers">>,
): Generator<Saying, Words, Asked<"word">> {
  const wording: Wording = { text, move, house, state, vendor, whispers };
  let known: Support | null = null;
  const support = () => {
    known ??= supportOf(move, shownHouse(wording), { vendor, state, lang: house.lang, counterpart: text });
    return known;
  };
  let failed: Failed | null = null;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const verified = verifier(failed?.said ?? "", house, support);
    const asked: Asked<"word"> = yield {
      question: questionFor(wording, failed),
      sayable: (partial) => {
        const { said, objections } = verified(partial);
        return { text: said, stop: objections.length > 0 };
      },
    };
    const answer: Partial<Answer> = asked.ok ? asked.answer : (asked.partial ?? {});
    const { said, objections } = verified(answer);
    failed = { said, objection: told(objections) };
    // An answer that broke off in its speech has its text whole.
    if (answer.speech !== undefined && objections.length === 0 && said !== "") {
      const whole = completed(said, move, house);
      const speech = asked.ok ? spoken(asked.answer.speech, wording, support()) : house.speech;
      if (whole.length <= TEXT_CHARS) return { ...house, text: whole, speech };
    }
    // Only what a model said can be mended: another failure would come again, and the counterpart waits.
    if (objections.length === 0) break;
  }
  return withHouse(failed?.said ?? "", house);
}

const ATTEMPTS = 2;
const TEXT_CHARS = 8_000;
const SPEECH_CHARS = 2_000;

interface Verified {
  /** What may be said so far, with what was said before. */
  readonly said: string;
  /** To the first sentence that may not be said; none when there is no such sentence. */
  readonly objections: readonly Objection[];
}

/**
 * Verifies an answer as far as it has come. A sentence counts once something follows it, or once the speech, which
 * comes after the text, has begun. Each is verified beside the one before it, and with the last of them all together.
 * A model that repeats what was said already is not heard twice.
 */
function verifier(
  before: string,
  house: Words,
  supportOfMove: () => Support,
): (partial: Partial<Answer>) => Verified {
  const { lang } = house;
  const already = units(before, lang);
  const skipped = new Set(already.map((unit) => unit.trim()));
  // A partial answer is asked about at every few characters: nothing is verified twice.
  const known = new Map<string, readonly Objection[]>();
  let support: Support;
  const objectionsTo = (text: string) => {
    const found = known.get(text) ?? check(text, support, "text");
    known.set(text, found);
    return found;
  };
  return ({ text = "", speech }) => {
    support = supportOfMove();
    const all = units(text, lang);
    const whole = speech === undefined ? all.slice(0, -1) : all;
    let said = before;
    let raw = "";
    let last = already.at(-1) ?? "";
    for (const [i, unit] of whole.entries()) {
      const fresh = !skipped.has(unit.trim());
      if (fresh) raw += unit;
      const longer = joined(before, raw);
      const objections = [
        ...(fresh ? [...objectionsTo(joined(last, unit)), ...tooLong(longer, house)] : []),
        ...(i === all.length - 1 ? objectionsTo(longer) : []),
      ];
      if (objections.length > 0) return { said, objections };
      said = longer;
      if (fresh) last = unit;
    }
    return { said, objections: [] };
  };
}

/** Sentences, those of one quotation together: half of it could not be told from the model's own words. */
function units(text: string, lang: Lang): string[] {
  const whole: string[] = [];
  let open = false;
  for (const part of sentences(text, lang)) {
    whole.push(open ? (whole.pop() ?? "") + part : part);
    for (const [mark] of part.matchAll(QUOTES)) open = mark === '"' ? !open : mark === "“";
  }
  return whole;
}

/** Not the sign for inches. */
const QUOTES = /(?<!\d)"|[“”]/g;

type Answer = AnswerTo<"word">;

/** The house's words have to fit behind whatever was said, should they be needed. */
function tooLong(text: string, house: Words): Objection[] {
  const room = TEXT_CHARS - house.text.length - BREAK.length;
  if (text.length <= room) return [];
  return [{ kind: "length", words: "", say: `It is longer than ${Math.max(room, 0)} characters: be brief.` }];
}

const BREAK = "\n\n";

/** What a try goes on with after what was said: on a line of its own beside a list, else in the same paragraph. */
function joined(before: string, raw: string): string {
  const next = raw.trim();
  if (before === "" || next === "") return before + next;
  const lines =
    /^\s*\n/.test(raw) || LIST.test(next) || LIST.test(before.slice(before.lastIndexOf("\n") + 1));
  return before + (lines ? "\n" : " ") + next;
}

const LIST = /^\s*(?:[-*•]|\d{1,2}[.)])\s/;

/** The words with what they have to say and do not, in the house's sentences. */
function completed(text: string, move: Move, house: Words): string {
  let missing = required(text, move).length;
  let whole = text;
  for (const part of sentences(house.text, house.lang)) {
    if (missing === 0) break;
    const longer = joined(whole, `\n${part.trim().replace(LIST, "")}`);
    const left = required(longer, move).length;
    if (left < missing) [whole, missing] = [longer, left];
  }
  return missing === 0 ? whole : text + BREAK + house.text;
}

/** The model's, unless it may not be said or leaves out what the house's would have told the ear. */
function spoken(speech: string, { move, house }: Wording, support: Support): string {
  const said = speech.trim();
  const fit = said !== "" && said.length <= SPEECH_CHARS && check(said, support, "speech").length === 0;
  return fit && required(said, move).length <= required(house.speech, move).length ? said : house.speech;
}

/** The house's words after what was said; a sentence that was said in just these words is not said again. */
function withHouse(said: string, house: Words): Words {
  if (said === "") return house;
  const heard = new Set(sentences(said, house.lang).map((part) => part.trim()));
  const rest = sentences(house.text, house.lang).filter((part) => !heard.has(part.trim()));
  const left = rest.join("").trim();
  return { ...house, text: left === "" ? said : said + BREAK + left };
}

/** At most a few: a model mends what it can keep in mind. */
function told(objections: readonly Objection[]): string {
  const each = new Set(objections.slice(0, 6).map(({ say }) => `- ${say}`));
  return [...each].join("\n");
}
