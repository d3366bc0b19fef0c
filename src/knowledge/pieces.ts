import type { Fact } from "../domain/fact.ts";
import type { Lang } from "../domain/text.ts";
import { QUOTE_CHARS, sentences } from "./facts.ts";
import { gist } from "./match.ts";
import { type Ranked, ranked, supports } from "./rank.ts";
import { gistOf, type Piece, type Sought } from "./traits.ts";
import { addressed, ENOUGH, excerpt } from "./weigh.ts";

/** What may answer: the typed facts that rank first among typed ones, and the texts that come near the best text. */
export interface Supporting {
  readonly typed: readonly Fact[];
  readonly texts: readonly Fact[];
  /** A typed fact ranks before every text. */
  readonly typedFirst: boolean;
}

/**
 * Of these facts those that are supported or address most of the question, best first, longer texts cut around their
 * best sentence. Texts must address more of it than `share`, which is answered already.
 */
export function supporting(
  { terms, ...sought }: Sought & { readonly terms: readonly string[] },
  facts: readonly Fact[],
  lang: Lang,
  share: number,
): Supporting {
  const pieces = facts.flatMap((fact) => piecesOf(fact, lang));
  const given = ranked(sought, pieces).filter(
    (one) =>
      (supports(one) && speaks(one.piece, sought.text)) || addressed(terms, gistOf(one.piece)) > ENOUGH,
  );
  const typed = given.filter(({ piece }) => piece.kind === "attribute");
  const texts = given.filter(
    ({ piece }) => piece.kind !== "attribute" && addressed(terms, gistOf(piece)) > share,
  );
  return {
    typed: within(typed, 0),
    texts: within(texts, NEAR),
    typedFirst: given[0]?.piece.kind === "attribute",
  };
}

/** A figure alone is no answer to "how long?": a spec has something of what is asked in it. */
function speaks(piece: FactPiece, question: string): boolean {
  return piece.kind !== "attribute" || addressed(gist(question).content, gistOf(piece)) > 0;
}

/** Those at most so far behind the first, each fact once. */
function within(best: readonly Ranked<FactPiece>[], far: number): readonly Fact[] {
  const least = (best[0]?.score ?? 0) - far;
  const near = best.filter(({ score }) => score >= least).map(({ piece }) => excerpt(piece.fact, piece.at));
  return near.filter(({ id }, at) => near.findIndex((fact) => fact.id === id) === at);
}

/** The facts by how well they answer, best first. */
export function byRank(sought: Sought, facts: readonly Fact[], lang: Lang): readonly Fact[] {
  return ranked(
    sought,
    facts.flatMap((fact) => piecesOf(fact, lang)),
  ).map(({ piece }) => piece.fact);
}

/** How far behind the best text another may come in and still be quoted beside it: its odds are a third then. */
const NEAR = 1;

interface FactPiece extends Piece {
  readonly fact: Fact;
  /** Which sentence of the fact's text it is, where that is too long to quote whole. */
  readonly at: number;
}

function piecesOf(fact: Fact, lang: Lang): FactPiece[] {
  const { kind, key, value, unit, label, text } = fact;
  if (text === undefined) {
    const name = label?.[lang] ?? label?.en ?? label?.ko ?? key.replaceAll("_", " ");
    return [{ kind: "attribute", name, text: `${value ?? ""} ${unit ?? ""}`.trim(), asked: "", fact, at: 0 }];
  }
  const said = kind === "review" ? "review" : kind === "answer" || kind === "faq" ? "answer" : "description";
  const asked = kind === "answer" || kind === "faq" ? String(value) : "";
  const parts = text.length <= QUOTE_CHARS ? [text] : sentences(text);
  return parts.map((part, at) => ({ kind: said, name: "", text: part, asked, fact, at }));
}
