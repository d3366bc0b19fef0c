import { type Piece, queryOf, type Sought, TRAITS, type Traits, traitsOf } from "./traits.ts";
import { SUPPORT, type Support, WEIGHTS, type Weights } from "./weights.ts";

/** A piece with its score, which orders the pieces of one question. */
export interface Ranked<P> {
  readonly piece: P;
  readonly score: number;
}

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

/** How likely a piece with this score answers. */
export function likely(score: number, kind: Piece["kind"], { base, attribute, slope }: Support): number {
  return 1 / (1 + Math.exp(-(base + (kind === "attribute" ? attribute : 0) + slope * score)));
}
