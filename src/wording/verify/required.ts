import type { Offer } from "../../domain/offer.ts";
import type { Move } from "../../domain/reply.ts";
import { figuresIn } from "./figures.ts";
import { blank, NAMED, type Names, namesFrom } from "./names.ts";
import { withDigits } from "./numerals.ts";
import type { Objection } from "./objection.ts";

/** What a reply to this move must say and these words do not: the item, how many, the all-in total, the question. */
export function required(text: string, move: Move): readonly Objection[] {
  const out: Objection[] = [];
  const missing = (words: string, say: string) => out.push({ kind: "missing", words, say });
  if (STATES.has(move.act)) out.push(...offerSaid(text, move));
  if (move.reasons.includes("card_masked") && !/\bcards?\b|카드/i.test(text))
    missing(
      "card",
      "Say that card numbers are not to be sent here, and that theirs was taken out and not kept.",
    );
  const asks = move.ask !== null || move.act === "clarify";
  if (
    asks &&
    !/[?？]|(?:주세요|주시겠어요|주십시오|바랍니다|부탁드려요|부탁드립니다|let me know|please [^.]*)[.!]?\s*$/i.test(
      text,
    )
  )
    missing(move.ask ?? "question", "End with the one question that the house words ask.");
  return out;
}

/** Several texts are asked about for the same offer. */
const NAMES = new WeakMap<Offer, Names>();

function namesOf(offer: Offer): Names {
  const before = NAMES.get(offer);
  if (before) return before;
  const lines = offer.lines.filter((line) => !line.gift);
  const names = namesFrom(
    lines.map((line) => ({ words: line.title, about: [line.sku], by: "parts" })),
    () => false,
  );
  NAMES.set(offer, names);
  return names;
}

/** A word of the title, with a plural's or a particle's ending. */
function isPart(word: string, parts: Names["parts"]): boolean {
  if (parts.has(word) || parts.has(word.replace(/e?s$/, ""))) return true;
  if (!/[가-힣]/.test(word)) return false;
  return [1, 2, 3].some((ending) => word.length - ending >= 2 && parts.has(word.slice(0, -ending)));
}

const STATES: ReadonlySet<Move["act"]> = new Set(["offer", "counter", "final_offer", "readback", "accepted"]);

function offerSaid(text: string, move: Move): Objection[] {
  const offer = move.offers.find(({ id }) => id === move.readback?.offer) ?? move.offers[0];
  if (!offer) return [];
  const out: Objection[] = [];
  const missing = (words: string, say: string) => out.push({ kind: "missing", words, say });
  const lines = offer.lines.filter((line) => !line.gift);
  const names = namesOf(offer);
  const blanked = blank(text, names);
  const figures = figuresIn(withDigits(blanked.text)).figures;
  const total = `${offer.currency} ${offer.totals.total}`;
  if (!figures.some(({ kind, key }) => kind === "amount" && key === total))
    missing("total", "Say the all-in total of the offer exactly as the house words do.");
  const named =
    NAMED.test(blanked.text) ||
    (text.toLowerCase().match(/[a-z]{3,}|[가-힣]{2,}/g) ?? []).some((word) => isPart(word, names.parts));
  if (!named) missing("item", "Name the item by its title.");
  if (move.readback === null)
    for (const { currency, totals } of move.offers.slice(1))
      if (!figures.some(({ kind, key }) => kind === "amount" && key === `${currency} ${totals.total}`))
        missing("package", "Say the all-in total of each package.");
  const [first] = lines;
  if (first && lines.length === 1 && first.quantity > 1) {
    const said = figures.some(
      ({ kind, key }) => (kind === "count" || kind === "number") && key === String(first.quantity),
    );
    if (!said) missing("quantity", `Say the quantity, ${first.quantity}.`);
  }
  return out;
}
