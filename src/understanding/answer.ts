import { type Act, onlyTells, type Reading } from "../domain/act.ts";
import type { State } from "../domain/state.ts";
import type { Mentions } from "./clause.ts";
import { doubtful, type Heard } from "./heard.ts";
import { asItStands } from "./proposal.ts";
import type { Setting } from "./setting.ts";
import type { Opening } from "./tags.ts";
import type { Tag } from "./vocabulary.ts";

/** One clause taken apart: its set phrases, and what the rest of it mentions and means, if there is a rest. */
export interface Clause {
  readonly opening: Opening;
  readonly mentions: Mentions | null;
  readonly heard: Heard | null;
  /** It names one of the packages by its number. */
  readonly picks?: true;
}

export interface Answered {
  readonly acts: readonly Act[];
  readonly confidence: number;
  readonly unsure?: NonNullable<Reading["unsure"]>;
  /** Something speaks against any yes in this message. */
  readonly against: boolean;
}

const NONE: Answered = { acts: [], confidence: 1, against: false };
/** Acts that leave a yes beside them whole. */
const BESIDE_YES = new Set<Act["act"]>(["greet", "thank", "leave", "inform", "accept", "confirm"]);

/** What the set phrases of a message answer: yes, no, help, a person, a proposal taken back. */
export function answered(
  clauses: readonly Clause[],
  acts: readonly Act[],
  tags: readonly Tag[],
  raw: string,
  setting: Setting,
): Answered {
  const taken = tags.includes("take") || acts.some((act) => act.act === "accept");
  const others = acts.filter(
    (act) => !BESIDE_YES.has(act.act) && !repeats(act, tags, setting) && !(taken && tells(act)),
  );
  const against =
    tags.includes("no") || tags.includes("defer") || tags.includes("withdraw") || others.length > 0;
  if (tags.includes("withdraw")) return { acts: [{ act: "withdraw" }], confidence: 0.93, against: true };
  if (tags.includes("no") || tags.includes("defer")) return refused(clauses, others, tags);
  if (others.length === 0 && tags.includes("help"))
    return { acts: [{ act: "help" }], confidence: 0.95, against: true };
  if (tags.includes("handoff") && others.length === 0)
    return { acts: [{ act: "handoff" }], confidence: 0.9, against: true };
  if (!taken && !tags.includes("yes")) return { ...NONE, against };
  const open = clauses.some((clause) => clause.mentions !== null && doubtful(clause.mentions));
  const limited = clauses.some(({ mentions }) => mentions?.cue("condition") && !mentions.raw.includes("?"));
  if ((open && others.length > 0 && others.every(idle)) || (limited && !others.some(goesOn)))
    return { acts: [], confidence: 0.4, unsure: "condition", against: true };
  if (others.length > 0) return { ...NONE, against: true };
  const unread = clauses.some((clause) => clause.heard !== null && clause.heard.acts.length === 0);
  if (open || unread)
    return taken || setting.live > 0 || setting.state.readback
      ? { acts: [], confidence: 0.4, unsure: "condition", against: true }
      : { ...NONE, against: true };
  // "Can I have number 2?" is a pick for all its question mark.
  const asked = clauses.some(({ picks }) => picks) ? raw.replace(/\?\s*$/, "") : raw;
  return assented(acts, tags, taken, asked, setting);
}

/** "I'll take it. Delivery matters most": what matters is told beside a yes, and no condition of it. */
function tells(act: Act): boolean {
  return act.act === "propose" && onlyTells(act);
}

function goesOn(act: Act): boolean {
  return act.act === "propose" || act.act === "cancel_order" || act.act === "handoff";
}

/** A proposal that asks for nothing but the goods: no counter to speak of. */
function idle(act: Act): boolean {
  if (act.act !== "propose" || act.terms || act.codes || act.remove || act.lower) return false;
  if (act.total !== undefined || act.off_bp !== undefined) return false;
  return (act.lines ?? []).every((line) => line.quantity === undefined && line.unit_price === undefined);
}

/** "I'll take it at 56" where 56 is the price of the offer: the price is said again, not countered. */
export function repeats(act: Act, tags: readonly Tag[], setting: Setting): boolean {
  return (
    act.act === "propose" && tags.includes("take") && asItStands(act, setting) && (act.lines?.length ?? 0) > 0
  );
}

function refused(clauses: readonly Clause[], others: readonly Act[], tags: readonly Tag[]): Answered {
  const goes = others.some((act) =>
    ["propose", "search", "compare", "withdraw", "cancel_order", "handoff"].includes(act.act),
  );
  if (goes) return { ...NONE, against: true };
  if (tags.includes("take")) return { acts: [], confidence: 0.4, unsure: "act", against: true };
  const words = clauses.map((clause) => clause.opening.refusal).join(" ");
  const reason = tags.includes("defer")
    ? "timing_deferred"
    : REASONS.find(([pattern]) => pattern.test(words))?.[1];
  return { acts: [{ act: "reject", ...(reason ? { reason } : {}) }], confidence: 0.92, against: true };
}

type RefusalReason = NonNullable<Extract<Act, { act: "reject" }>["reason"]>;
const REASONS: readonly (readonly [RegExp, RefusalReason])[] = [
  [/^(?:그냥 ?)?안 ?(?:살|사)|\b(?:won't|not going to|don't want to) buy/, "timing_deferred"],
  [/(?:shipping|delivery).*(?:expensive|much|high)|배송비/, "shipping_cost"],
  [/slow|배송이\s?(?:너무 )?느/, "shipping_speed"],
  [
    /expensive|too (?:much|high)|pricey|steep|rich|dear|afford|budget|price range|비싸|부담|예산/,
    "price_sensitivity",
  ],
];

/** An unconditional yes, to a read-back, to the live offer, or to what is spoken of. */
function assented(
  acts: readonly Act[],
  tags: readonly Tag[],
  taken: boolean,
  raw: string,
  setting: Setting,
): Answered {
  if (tags.includes("leave") && !taken)
    return setting.state.readback
      ? { acts: [], confidence: 0.4, unsure: "act", against: true }
      : { ...NONE, against: true };
  if (/\?\s*$/.test(raw)) return { acts: [], confidence: 0.4, unsure: "act", against: true };
  // "Ok, thanks" after an offer takes note of it; only a read-back asks for a yes.
  if (tags.includes("thank") && !taken && !setting.state.readback) return { ...NONE, against: true };
  // "What would you like to change?" has no yes for an answer, least of all one to what was just refused.
  if (setting.state.ask === "change" && !taken)
    return { acts: [], confidence: 0.4, unsure: "act", against: true };
  // "Yes, one moment" puts it off, "okay, got it" only takes note.
  if (HESITATES.test(raw) || (!taken && NOTES.test(raw)))
    return { acts: [], confidence: 0.4, unsure: "condition", against: true };
  // No yes says which, how many or for how much.
  if (!taken && OPEN.has(setting.state.ask ?? "") && setting.live > 0)
    return { acts: [], confidence: 0.4, unsure: "act", against: true };
  // "Is there anything else you would like to know?" has a yes that takes nothing.
  if (!taken && !setting.state.readback && asksElse(setting.state))
    return { acts: [], confidence: 0.4, unsure: "act", against: true };
  const confidence = taken ? 0.95 : 0.9;
  const pointed = acts.some((act) => act.act === "accept" && act.item);
  // Told with it what matters, they are read the order back once more before it binds.
  if (setting.state.readback && !pointed && !acts.some(tells))
    return { acts: [{ act: "confirm" }], confidence, against: false };
  if (acts.some((act) => act.act === "accept")) return { acts: [], confidence: 1, against: false };
  if (setting.live > 0) return { acts: [{ act: "accept" }], confidence, against: false };
  if (taken && setting.pointed)
    return {
      acts: [{ act: "propose", lines: [{ item: { ref: "that" } }] }],
      confidence: 0.85,
      against: true,
    };
  if (taken) return { acts: [{ act: "accept" }], confidence: 0.9, against: false };
  return tags.includes("thank") || acts.length > 0
    ? { ...NONE, against: true }
    : { acts: [], confidence: 0.4, unsure: "act", against: true };
}

/** The vendor's last words end in a question, and not in whether they take what was offered. */
function asksElse({ recent }: State): boolean {
  const last = recent.findLast(({ by }) => by === "vendor")?.text.trim() ?? "";
  const question = last.split(/(?<=[.!?])\s+|\n/).at(-1) ?? "";
  return /[?？]$/.test(question) && !TAKING.test(question);
}

const OPEN = new Set<string>(["choice", "item", "quantity", "price"]);
const HESITATES =
  /(?:\b(?:wait|hold on|hang on|hold up|(?:one|a|just a|1|two) (?:sec(?:ond)?s?|moment|minute|min|mo)|let me (?:see|check|think)|i (?:guess|think|suppose)|maybe|but|though|sorry)|(?:잠깐|잠시)(?:만)?(?:요)?|(?:근데|그런데|하지만|다만)(?:요)?|여보세요)[\s.,!~…]*$/i;
const NOTES =
  /^h+m+[\s,.…]*(?:ok(?:ay)?|fine|right|yes|yeah)?[\s.!~…]*$|^(?:(?:ok(?:ay)?|yes|yeah|right|hm+|ah|oh|네|넵|예|아|음|오)[\s,.!]*)*(?:got it|i see(?:,? fine)?|noted|understood|알겠(?:어요|습니다|음|네요)|알겠다|그렇군요)(?:[\s,.!]*(?:thanks|thank you|감사합니다|고마워요))?[\s.!~]*$/i;

const TAKING =
  /\b(?:take it|agree|work for you|go ahead|all right|place (?:this|the|your) order|order it|accept|deal|is that a yes|offer|package|buy|suits?)\b|하시겠|진행|괜찮|주문|제안|조건|좋으/i;
