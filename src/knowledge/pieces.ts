import type { Fact } from "../domain/fact.ts";
import type { Lang } from "../domain/text.ts";
import { QUOTE_CHARS, sentences } from "./facts.ts";
import { ranked, supports } from "./rank.ts";
import { gistOf, type Piece, type Sought } from "./traits.ts";
import { addressed, ENOUGH } from "./weigh.ts";

/**
 * The facts that may answer, best first, longer texts cut to their best sentence: those that are supported or address
 * most of the question, and come near the best of them.
 */
export function supporting(
  { terms, ...sought }: Sought & { readonly terms: readonly string[] },
  facts: readonly Fact[],
  lang: Lang,
): readonly Fact[] {
  const pieces = facts.flatMap((fact) => piecesOf(fact, lang));
  const given = ranked(sought, pieces).filter(
    (one) => supports(one) || addressed(terms, gistOf(one.piece)) > ENOUGH,
  );
  const least = (given[0]?.score ?? 0) - NEAR;
  const chosen = new Map<string, Fact>();
  for (const { piece, score } of given)
    if (score >= least && !chosen.has(piece.fact.id)) chosen.set(piece.fact.id, piece.fact);
  return [...chosen.values()];
}

/** The facts by how well they answer, best first. */
export function byRank(sought: Sought, facts: readonly Fact[], lang: Lang): readonly Fact[] {
  return ranked(sought, facts.flatMap((fact) => piecesOf(fact, lang))).map(({ piece }) => piece.fact);
}

/** How far behind the best another may come in and still be given beside it. */
const NEAR = 1;

interface FactPiece extends Piece {
  readonly fact: Fact;
}

export function piecesOf(fact: Fact, lang: Lang): FactPiece[] {
  const { kind, key, value, unit, label, text } = fact;
  if (text === undefined) {
    const name = label?.[lang] ?? label?.en ?? label?.ko ?? key.replaceAll("_", " ");
    return [{ kind: "attribute", name, text: `${value ?? ""} ${unit ?? ""}`.trim(), asked: "", fact }];
  }
  const said = kind === "review" ? "review" : kind === "answer" || kind === "faq" ? "answer" : "description";
  const asked = kind === "answer" || kind === "faq" ? String(value) : "";
  const parts = text.length <= QUOTE_CHARS ? [text] : sentences(text);
  return parts.map((part) => ({ kind: said, name: "", text: part, asked, fact: parts.length === 1 ? fact : { ...fact, text: part.slice(0, QUOTE_CHARS) } }));
}
