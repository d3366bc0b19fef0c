import { type Piece, queryOf, type Sought, TRAITS, type Trait, type Traits, traitsOf } from "./traits.ts";
import { SUPPORT, WEIGHTS } from "./weights.ts";

/** A piece with its score, which orders the pieces of one question. */
export interface Ranked<P> {
  readonly piece: P;
  readonly score: number;
}

export type Weights = Readonly<Record<Trait, number>>;

/** The pieces by how well they answer, best first; equal ones stay in the order they came in. No rank is a promise: see `supports`. */
export function ranked<P extends Piece>(sought: Sought, pieces: readonly P[]): readonly Ranked<P>[] {
  const query = queryOf(sought);
  return pieces
    .map((piece) => ({ piece, score: scoreOf(traitsOf(query, piece), WEIGHTS) }))
    .sort((a, b) => b.score - a.score);
}

/** Whether the piece answers, rather than being merely the nearest there is. */
export function supports({ piece, score }: Ranked<Piece>): boolean {
  return likely(score, piece.kind, SUPPORT) >= SUPPORT.least;
}

export function scoreOf(traits: Traits, weights: Weights): number {
  return TRAITS.reduce((sum, trait) => sum + weights[trait] * (traits[trait] ?? 0), 0);
}

/** From a score to how likely the piece answers; attributes, which say little each, by a scale of their own. */
export interface Support {
  readonly base: number;
  readonly attribute: number;
  readonly slope: number;
  /** From this likelihood on it is given as an answer. */
  readonly least: number;
}

export function likely(score: number, kind: Piece["kind"], { base, attribute, slope }: Support): number {
  return 1 / (1 + Math.exp(-(base + (kind === "attribute" ? attribute : 0) + slope * score)));
}
