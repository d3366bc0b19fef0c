import type { Fact } from "../domain/fact.ts";
import type { Answer, Card, Move } from "../domain/reply.ts";
import { labelOf, specValue } from "./faces.ts";
import { cut, plain, quoted } from "./plain.ts";
import type { Context } from "./templates.ts";
import { choicesAre } from "./written.ts";

/** Numbers stand for products wherever typed values speak of them; what the numbers mean is data of the catalogue. */
export interface Names {
  of(sku: string): string;
  /** One product a line, in the order of their numbers. */
  readonly list: string;
}

/** Every product a move speaks of. */
export function namesOf(move: Move): Names {
  const titles = new Map<string, string>();
  const add = (sku: string, title: string) => {
    if (titles.get(sku) === undefined || titles.get(sku) === "") titles.set(sku, title);
  };
  for (const { sku, title, brand } of move.results) {
    const named = brand === undefined || title.toLowerCase().includes(brand.toLowerCase());
    add(sku, plain(title, 120) + (named ? "" : `, brand ${plain(brand, 60)}`));
  }
  for (const { sku, title } of move.offers.flatMap((offer) => offer.lines)) add(sku, plain(title, 120));
  for (const { about, title } of move.answers) if (about !== null) add(about, plain(title ?? "", 120));
  for (const { sku } of move.proposal?.lines ?? []) add(sku, "");
  const skus = [...titles.keys()];
  return {
    of: (sku) => `product ${skus.indexOf(sku) + 1}`,
    list: skus
      .map((sku, i) => `product ${i + 1}: ${titles.get(sku) || "a product"} (SKU ${plain(sku, 80)})`)
      .join("\n"),
  };
}

/** The facts under the answers, what the products shown are like, and what there is to choose from. */
export function factsOf(move: Move, names: Names, context: Context): string {
  const rows = [
    ...move.answers.flatMap((answer) => answerRows(answer, names, context)),
    ...verdictRows(move, names, context),
    ...move.results.flatMap((card) => cardRows(card, move.results.length, names, context)),
    ...choiceRows(move),
  ];
  let room = FACTS_CHARS;
  const kept = rows.filter((row) => {
    room -= row.length + 1;
    return room >= 0;
  });
  return kept.join("\n");
}

/** UTF-16 units of all facts of a reply; what does not fit is left out whole, so that no half sentence misleads. */
const FACTS_CHARS = 6_000;
const QUOTE_CHARS = 400;

function answerRows(answer: Answer, names: Names, context: Context): string[] {
  const about = answer.about === null ? "the shop" : names.of(answer.about);
  if (answer.facts.length === 0)
    return [`${about}: the shop's information does not answer ${quoted(answer.topic, 160)}`];
  const against = new Set((answer.conflicts ?? []).map((conflict) => conflict.with));
  return answer.facts.map((fact) => {
    const otherwise = against.has(fact.id) ? "otherwise than the listed value, which counts, " : "";
    return `${about}, ${otherwise}${factRow(fact, context)}`;
  });
}

/** What was asked of the products compared, and which of them it is. */
function verdictRows({ comparison }: Move, names: Names, context: Context): string[] {
  const { verdict, rows = [], skus = [] } = comparison ?? {};
  const values = rows.find(({ key }) => key === verdict?.key)?.values ?? [];
  const stated = values.find((fact) => fact !== null);
  if (!verdict || !stated) return [];
  const each = values.map(
    (fact, at) => `${names.of(skus[at] ?? "")} ${fact ? specValue(fact, context) : "not stated"}`,
  );
  const best = verdict.best.map((sku) => names.of(sku)).join(" and ");
  return [
    `asked of them, ${labelOf(stated, context)}: ${each.join("; ")}${best === "" ? "" : `; the ${verdict.way}: ${best}`}`,
  ];
}

function factRow(fact: Fact, context: Context): string {
  if (fact.text !== undefined) return `${sourceOf(fact)}: ${quoted(fact.text, QUOTE_CHARS)}`;
  const part = fact.id.endsWith(".free_from")
    ? ", free from this much of goods"
    : fact.id.endsWith(".fee")
      ? ", fee"
      : "";
  return `${labelOf(fact, context)}${part}: ${specValue(fact, context)}`;
}

function sourceOf({ kind, key, value }: Fact): string {
  switch (kind) {
    case "policy":
      return "the shop's policy says";
    case "faq":
      return "the shop's help pages say";
    case "answer":
      return key === "vendor" ? "the shop answered before" : "a customer answered before";
    case "review":
      return typeof value === "number" ? `a customer who gave ${value} of 5 stars wrote` : "a customer wrote";
    default:
      return "the description says";
  }
}

/** Fewer properties each, the more products there are. */
function cardRows(card: Card, of: number, names: Names, context: Context): string[] {
  const specs = card.specs.filter((spec) => spec.kind === "spec").slice(0, of > 3 ? 3 : 8);
  if (specs.length === 0) return [];
  const said = specs.map((spec) => `${labelOf(spec, context)} ${cut(specValue(spec, context), 60)}`);
  return [`${names.of(card.sku)}: ${said.join("; ")}`];
}

function choiceRows(move: Move): string[] {
  const use = choicesAre(move);
  if (use === "none" || use === "taken" || (use === "titles" && move.offers.length > 1)) return [];
  if (use === "titles") return move.choices.map((choice, i) => `choice ${i + 1}: ${plain(choice, 120)}`);
  return move.choices.map((choice) => `it is about: ${quoted(choice, 200)}`);
}
