import type { Fact } from "../../domain/fact.ts";
import type { Move } from "../../domain/reply.ts";
import { inLang, type Lang } from "../../domain/text.ts";
import type { Vendor } from "../../domain/vendor.ts";
import type { Name } from "./names.ts";

/** Everything that a reply to a move may call by name. */
export function namesOf(move: Move, facts: readonly Fact[], vendor: Vendor, lang: Lang): Name[] {
  const names: Name[] = [];
  const title = (words: string, about: readonly string[]) => names.push({ words, about, by: "parts" });
  const whole = (words: string, about: readonly string[] = []) => names.push({ words, about, by: "whole" });
  for (const offer of move.offers) for (const line of offer.lines) title(line.title, [line.sku]);
  for (const card of move.results) {
    title(card.title, [card.sku]);
    if (card.brand !== undefined) whole(card.brand, [card.sku]);
  }
  for (const answer of move.answers)
    if (answer.title !== undefined && answer.about !== null) title(answer.title, [answer.about]);
  if (move.ask === "choice" || move.act !== "clarify")
    for (const choice of move.choices)
      if (move.act !== "unknown") title(choice.replace(/(?:, ?)?[$€£₩¥][\d,.]+$/, ""), []);
  for (const sku of names.flatMap(({ about }) => about)) whole(sku, [sku]);
  for (const fact of facts) {
    if (
      typeof fact.value !== "string" ||
      fact.kind === "review" ||
      fact.kind === "answer" ||
      fact.value.length > 120
    )
      continue;
    const about = fact.about === null ? [] : [fact.about];
    whole(fact.value, about);
    if (/[,;/|]/.test(fact.value)) for (const part of fact.value.split(/[,;/|]/)) whole(part, about);
  }
  for (const intent of move.intents) whole(intent.id);
  for (const offer of move.offers) {
    whole(offer.id);
    for (const { id } of offer.discounts) whole(id);
  }
  for (const detail of detailsOf(move)) whole(detail);
  whole(inLang(vendor.name, lang));
  return names;
}

/** What they told of themselves for the order. */
export function detailsOf({ readback }: Move): string[] {
  if (!readback?.details) return [];
  const { ship_to, payer, purchase_order } = readback.details;
  const parts = [
    ship_to.name,
    ...ship_to.lines,
    ship_to.city,
    ship_to.region,
    ship_to.postal_code,
    ship_to.phone,
  ];
  const all = [...parts, payer.name, payer.email, payer.tax_id, purchase_order];
  return all.filter((part): part is string => part !== undefined && part.length > 1);
}
