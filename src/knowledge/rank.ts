import { type Piece, queryOf, type Sought, TRAITS, type Trait, type Traits, traitsOf } from "./traits.ts";

/** A piece with how well it answers: a score that orders the pieces of one question, best first. */
export interface Ranked<P> {
  readonly piece: P;
  readonly score: number;
  readonly traits: Traits;
}

export type Weights = Readonly<Record<Trait, number>>;

/** The pieces by how well they answer, best first; equal ones stay in the order they came in. */
export function ranked<P extends Piece>(
  sought: Sought,
  pieces: readonly P[],
  weights: Weights = WEIGHTS,
): readonly Ranked<P>[] {
  const query = queryOf(sought);
  return pieces
    .map((piece) => {
      const traits = traitsOf(query, piece);
      return { piece, traits, score: scoreOf(traits, weights) };
    })
    .sort((a, b) => b.score - a.score);
}

export function scoreOf(traits: Traits, weights: Weights): number {
  return TRAITS.reduce((sum, trait) => sum + weights[trait] * (traits[trait] ?? 0), 0);
}

const WEIGHTS: Weights = Object.fromEntries(TRAITS.map((trait) => [trait, 0])) as Weights;
