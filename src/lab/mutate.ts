import { type Dice, dice } from "./dice.ts";
import type { Expect, Fixture, FixtureTurn } from "./fixture.ts";
import { carelessly, injected, paraphrased, politely, switched } from "./mutate-style.ts";
import { withSpacing, withTypos } from "./mutate-typos.ts";

/** Ways to say the same differently. Each has one function over a text, and its chance. */
const KINDS = {
  typo: withTypos,
  spacing: withSpacing,
  case: carelessly,
  polite: politely,
  paraphrase: (text: string, chance: Dice, { lang }: Fixture) => paraphrased(text, lang, chance),
  language: switched,
  injection: injected,
} as const satisfies Record<string, (text: string, chance: Dice, fixture: Fixture) => string>;
export type MutantKind = keyof typeof KINDS;
export const MUTANT_KINDS = Object.keys(KINDS) as readonly MutantKind[];

export interface Mutant {
  readonly kind: MutantKind;
  /** Of the fixture it was made from. */
  readonly of: string;
  readonly fixture: Fixture;
}

/**
 * The same conversation with about half of its messages said differently, once for each kind; the same for the same seed. What it comes to in acts,
 * offers and orders must stay; what was expected of particular words falls away. Figures, product codes, discount codes,
 * names and addresses are never touched. A kind that finds nothing to change gives no mutant.
 */
export function mutate(
  fixture: Fixture,
  seed: number,
  kinds: readonly MutantKind[] = MUTANT_KINDS,
): readonly Mutant[] {
  return kinds.flatMap((kind): Mutant[] => {
    const chance = dice(seed, fixture.id, kind);
    const sure = chance.roll(fixture.turns.length);
    let asked: Expect["ask"] = null;
    const turns = fixture.turns.map((turn, i): FixtureTurn => {
      const tells = asked === "ship_to" || asked === "payer";
      asked = turn.expect.ask ?? null;
      const { say } = turn;
      const may = say !== undefined && !tells && !personal(say);
      const changed = may && (i === sure || chance.once(2));
      const said = changed ? { say: KINDS[kind](say, chance, fixture).slice(0, 4_000) } : {};
      const { house } = turn;
      return {
        ...turn,
        ...said,
        expect: typedOnly(turn.expect),
        ...(house ? { house: typedOnly(house) } : {}),
      };
    });
    if (turns.every(({ say }, i) => say === fixture.turns[i]?.say)) return [];
    const id = `${fixture.id}.${kind}-${seed}`;
    const about = `${fixture.about} (${kind}, seed ${seed})`;
    return [{ kind, of: fixture.id, fixture: { ...fixture, id, about, turns } }];
  });
}

/** What does not hang on the words. */
function typedOnly({ act, offer, offers, intent, intents, fault }: Expect): Expect {
  const kept: Expect = {};
  if (act !== undefined) kept.act = act;
  if (offer !== undefined) kept.offer = offer;
  if (offers !== undefined) kept.offers = offers;
  if (intent !== undefined) kept.intent = intent;
  if (intents !== undefined) kept.intents = intents;
  if (fault !== undefined) kept.fault = fault;
  return kept;
}

/** Names, addresses and references are told, not phrased: a slip in them is another order. */
function personal(text: string): boolean {
  return /@|\b[A-Z]{2},? \d{5}\b|\b\d{5}\b.*[가-힣]+(?:로|길)\s?\d|[가-힣]+(?:로|길)\s?\d+|\bP\.?O\.?[ -]?\d|\d+ \p{L}+ (?:St|Ave|Road|Rd|Street|Avenue|Broadway)\b/u.test(
    text,
  );
}
