import type { Act, ActOf } from "../domain/act.ts";
import { BOUNDS } from "../domain/bounds.ts";
import type { Clause } from "./answer.ts";
import { type Mentions, mentionsOf, settled } from "./clause.ts";
import { binding, concluded, namesGoods, type Understood } from "./conclude.ts";
import { corrected } from "./corrections.ts";
import { decided } from "./decide.ts";
import { answerOf, toldIn } from "./details.ts";
import { edited } from "./edited.ts";
import { type Heard, sure, titled } from "./heard.ts";
import { withoutRefs, wordsOf } from "./items.ts";
import { besidePick, picked, pickIn } from "./picks.ts";
import { beside } from "./proposal.ts";
import { clausesOf } from "./segment.ts";
import type { Setting } from "./setting.ts";
import { supportFor } from "./support.ts";
import { type Opening, openingOf } from "./tags.ts";

/** The reading by rules alone: the message as an answer to what was asked, else clause by clause. */
export function houseReading(raw: string, setting: Setting): Understood {
  return raw.length > BOUNDS.read_chars ? tooMuch(raw) : (whole(raw, setting) ?? clausewise(raw, setting));
}

/** Half a letter read is worse than none: its condition may stand in the other half. */
function tooMuch(raw: string): Understood {
  return { acts: [], confidence: 0.3, unsure: "act", words: raw.slice(0, 80) };
}

/** The whole message as the answer to what was asked, or as details of an order and the rest of it. */
function whole(raw: string, setting: Setting): Understood | null {
  const { ask } = setting.state;
  const text = settled(raw, setting);
  if (setting.lexicon.cues.attack.test(text) && !setting.lexicon.cues.status.test(text))
    return { ...decided(mentionsOf(raw, setting), setting), words: raw };
  const only = onlyChoice(text, setting);
  if (only) return only;
  const support = supportFor(raw, setting);
  if (support) return support;
  const told = toldIn(raw, setting);
  const edits = Object.keys(told.details).length === 0 ? edited(raw, setting) : null;
  const changes =
    setting.quantity === null ? (edits ?? corrected(raw, setting)) : (corrected(raw, setting) ?? edits);
  if (changes) return changes;
  if (Object.keys(told.details).length > 0) {
    const inform: Act = { act: "inform", details: told.details };
    const missing = told.missing === null ? {} : { unsure: "act" as const, words: told.missing };
    if (!/[\p{L}\p{N}]/u.test(told.rest) || told.rest === raw)
      return { acts: [inform], confidence: 0.93, ...missing };
    const others = besideDetails(clausewise(told.rest, setting));
    const limited = setting.lexicon.cues.condition.test(text) && others.acts.some(binding);
    if (limited) return { acts: [inform], confidence: 0.4, unsure: "condition", words: raw };
    if (others.acts.length === 0) return { acts: [inform], confidence: 0.85, ...missing };
    return { ...others, acts: [...others.acts, inform], ...missing };
  }
  if (ask !== "ship_to" && ask !== "payer")
    return told.missing === null ? null : { acts: [], confidence: 0.5, unsure: "act", words: told.missing };
  const other = aside(raw, setting);
  if (other) return other;
  const answer = answerOf(raw, setting);
  if (answer.missing === null) return { acts: [{ act: "inform", details: answer.details }], confidence: 0.9 };
  // No name and no address: whatever else it says counts, but words that only might name goods are none to look for.
  const heard = clausewise(raw, setting);
  if (!heard.guess && heard.unsure === undefined && heard.acts.some(({ act }) => act !== "search"))
    return heard;
  return { acts: [], confidence: 0.4, unsure: "act", words: answer.missing };
}

/** A yes to the one thing there was to choose. */
function onlyChoice(text: string, setting: Setting): Understood | null {
  const { ask, choices } = setting.state;
  if (ask !== "choice" || choices.length !== 1) return null;
  const { tags, rest } = openingOf(text, setting.lexicon);
  const agreed = tags.some((tag) => tag === "yes" || tag === "take") && !tags.includes("no");
  if (!agreed || wordsOf(withoutRefs(rest, setting), setting) !== "" || /\d/.test(rest)) return null;
  return { acts: [{ act: "propose", lines: [{ item: { ref: "first" } }] }], confidence: 0.9 };
}

/** Bare words beside the details of an order are talk ("Ouch. Then send it to ..."). */
function besideDetails(others: Understood): Understood {
  return others.guess ? { acts: [], confidence: 0.85 } : others;
}

/** Something else than the answer: a set phrase, a question, a haggle, an order-level act. */
function aside(raw: string, setting: Setting): Understood | null {
  const text = settled(raw, setting);
  const { tags, rest } = openingOf(text, setting.lexicon);
  const { status, cancel, person, lower, attack, withdraw } = setting.lexicon.cues;
  const cued = [status, cancel, person, lower, attack, withdraw].some((cue) => cue.test(text));
  if ((rest === "" && tags.length > 0) || /\?/.test(raw) || cued) return clausewise(raw, setting);
  const heard = clausewise(raw, setting);
  if (heard.acts.some((act) => act.act === "accept" && act.item && "ref" in act.item)) return heard;
  const priced = heard.acts.some(
    (act) => act.act === "propose" && (act.total ?? act.off_bp ?? act.lines?.some((line) => line.unit_price)),
  );
  const changes =
    heard.acts.some((act) => act.act === "propose" && changesOrder(act)) && raw.split(" ").length <= 8;
  return (priced || changes) && !/\d{5}|,/.test(raw) ? heard : null;
}

/** The count or the terms of what is on the table; "12 Main Street" counts nothing on it. */
function changesOrder({ lines, terms }: ActOf<"propose">): boolean {
  if (terms !== undefined) return true;
  return lines?.every(({ item, quantity }) => "ref" in item && quantity !== undefined) ?? false;
}

function clausewise(raw: string, setting: Setting): Understood {
  const clauses: Clause[] = [];
  let sofar = setting;
  for (const clause of clausesOf(raw, setting)) {
    const opening = openingOf(settled(clause, setting), setting.lexicon);
    if (opening.rest === "") {
      clauses.push({ opening, mentions: null, heard: null });
      continue;
    }
    const named = pickedIn(clauseRest(clause, opening, sofar), clause, sofar);
    if (named) {
      const tags = opening.tags.filter((tag) => tag !== "no");
      clauses.push({ opening: { ...opening, tags }, mentions: null, heard: named, picks: true });
      continue;
    }
    const mentions = mentionsOf(clauseRest(clause, opening, setting), sofar);
    if (letsGo(opening, mentions)) {
      const item = titled(mentions, sofar) ? mentions.item : null;
      const heard = item ? sure(0.85, { act: "propose", remove: [item] }) : null;
      clauses.push({ opening: { ...opening, tags: [] }, mentions: null, heard });
      continue;
    }
    const found = decided(mentions, sofar);
    const first = clauses.length === 0;
    const heard = first ? { ...found, acts: found.acts.map((act) => beside(act, clause, sofar)) } : found;
    clauses.push({ opening, mentions, heard });
    if (heard.acts.some(namesGoods)) sofar = { ...sofar, pointed: true };
    if (heard.acts.some((act) => act.act === "propose")) sofar = { ...sofar, ordering: true };
  }
  const firm = clauses.some(({ mentions }) =>
    mentions?.prices.some((price) => price.explicit && !price.aside),
  );
  const said = firm ? clauses.filter((clause) => !passing(clause)) : clauses;
  return concluded(said.some(({ picks }) => picks) ? said.map(unrefused) : said, raw, setting);
}

/** A package by its number, alone or with what is asked of it: "number 2", "number 2 for 320". */
function pickedIn(rest: string, clause: string, setting: Setting): Heard | null {
  const whole = picked(clause, setting) ?? picked(rest, setting);
  if (whole) return whole.heard;
  const pick = pickIn(settled(rest, setting), setting);
  const inner = pick && besidePick(pick, setting);
  if (!pick || !inner) return null;
  const { acts, unsure, confidence, guess } = decided(mentionsOf(pick.rest, inner), inner);
  const [act, ...more] = acts;
  if (!act || more.length > 0 || unsure || guess) return null;
  if (act.act === "accept") return sure(confidence, { act: "accept", item: { ref: pick.place } });
  return act.act === "propose" && inner.offer ? sure(confidence, { ...act, counters: inner.offer.id }) : null;
}

/** "Never mind the monitor" lets that thing go, and says no to nothing else. */
function letsGo({ refusal, tags }: Opening, mentions: Mentions): boolean {
  const more = mentions.prices.length > 0 || mentions.quantity !== null || mentions.wishes;
  return tags.includes("no") && /never ?mind|forget/.test(refusal) && !more && mentions.item !== null;
}

/** "No, number 1": the no is to what stood before, and the pick says what instead. */
function unrefused(clause: Clause): Clause {
  const { opening, heard } = clause;
  return heard
    ? clause
    : { ...clause, opening: { ...opening, tags: opening.tags.filter((tag) => tag !== "no") } };
}

/** Beside money named as such, a clause with nothing but a bare number ("a day or 2") proposes no price. */
function passing({ opening, mentions }: Clause): boolean {
  if (!mentions || opening.tags.length > 0 || mentions.prices.length === 0 || mentions.wishes) return false;
  return (
    mentions.prices.every((price) => !price.explicit || price.aside) &&
    mentions.quantity === null &&
    mentions.lines.length === 0
  );
}

/** The clause as written without its opening phrases, where the two can be laid over each other. */
function clauseRest(clause: string, { rest, tags }: Opening, setting: Setting): string {
  if (tags.length === 0) return clause;
  for (let at = 1; at < clause.length; at += 1) {
    if (/\s|[,.!?]/.test(clause[at - 1] ?? "") && settled(clause.slice(at), setting) === rest)
      return clause.slice(at);
  }
  return rest;
}
