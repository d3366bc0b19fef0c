import type { Move } from "../../domain/reply.ts";
import { figuresIn } from "./figures.ts";
import { blank, NAMED, namesFrom } from "./names.ts";
import { withDigits } from "./numerals.ts";
import type { Objection } from "./objection.ts";

/** What a reply to this move must say and these words do not: the item, how many, the all-in total, the question. */
export function required(text: string, move: Move): readonly Objection[] {
  const out: Objection[] = [];
  const missing = (words: string, say: string) => out.push({ kind: "missing", words, say });
  if (STATES.has(move.act)) out.push(...offerSaid(text, move));
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

const STATES: ReadonlySet<Move["act"]> = new Set(["offer", "counter", "final_offer", "readback", "accepted"]);

function offerSaid(text: string, move: Move): Objection[] {
  const offer = move.offers.find(({ id }) => id === move.readback?.offer) ?? move.offers[0];
  if (!offer) return [];
  const out: Objection[] = [];
  const missing = (words: string, say: string) => out.push({ kind: "missing", words, say });
  const lines = offer.lines.filter((line) => !line.gift);
  const names = namesFrom(
    lines.map((line) => ({ words: line.title, about: [line.sku], by: "parts" })),
    () => false,
  );
  const blanked = blank(text, names);
  const figures = figuresIn(withDigits(blanked.text)).figures;
  const total = `${offer.currency} ${offer.totals.total}`;
  if (!figures.some(({ kind, key }) => kind === "amount" && key === total))
    missing("total", "Say the all-in total of the offer exactly as the house words do.");
  if (![...blanked.text].some((char) => NAMED.test(char))) missing("item", "Name the item by its title.");
  const [first] = lines;
  if (first && lines.length === 1 && first.quantity > 1) {
    const said = figures.some(
      ({ kind, key }) => (kind === "count" || kind === "number") && key === String(first.quantity),
    );
    if (!said) missing("quantity", `Say the quantity, ${first.quantity}.`);
  }
  return out;
}
