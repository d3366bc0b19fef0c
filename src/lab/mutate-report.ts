import type { MutantKind } from "./mutate.ts";
import type { Outcome } from "./outcome.ts";

/** How mutants of one kind fared. */
export interface KindRate {
  readonly kind: MutantKind;
  readonly passed: number;
  readonly of: number;
  /** What failed first in each that failed. */
  readonly failing: readonly {
    readonly fixture: string;
    readonly turn: number;
    readonly said: string;
    readonly path: string;
  }[];
}

/** Pass rates by kind, the worst first. Stale plays prove nothing and are not counted. */
export function mutantRates(
  played: readonly { readonly kind: MutantKind; readonly outcome: Outcome }[],
): KindRate[] {
  const kinds = [...new Set(played.map(({ kind }) => kind))];
  return kinds
    .map((kind): KindRate => {
      const some = played.filter((one) => one.kind === kind && one.outcome.verdict !== "stale");
      const failing = some.flatMap(({ outcome }) => {
        const turn = outcome.turns.find(({ failures }) => failures.length > 0);
        if (outcome.verdict === "pass") return [];
        const said = turn && "say" in turn.message ? turn.message.say : "";
        const path = turn?.failures[0]?.path ?? outcome.problem ?? "";
        return [{ fixture: outcome.fixture, turn: turn?.n ?? 0, said, path }];
      });
      return { kind, passed: some.length - failing.length, of: some.length, failing };
    })
    .toSorted((a, b) => a.passed * b.of - b.passed * a.of || a.kind.localeCompare(b.kind));
}

/** The rates as a table, and below it what failed, cut to `most` a kind. */
export function ratesTable(rates: readonly KindRate[], most = 3): string {
  const rows = rates.map(({ kind, passed, of }) => {
    const percent = of === 0 ? "-" : `${Math.floor((100 * passed) / of)}%`;
    return `${kind.padEnd(11)} ${String(passed).padStart(5)} of ${String(of).padEnd(5)} ${percent.padStart(4)}`;
  });
  const misses = rates.flatMap(({ kind, failing }) =>
    failing
      .slice(0, most)
      .map(
        ({ fixture, turn, said, path }) =>
          `  ${kind}  ${fixture}, turn ${turn}: ${path}\n    ${said.replaceAll("\n", " ⏎ ")}`,
      ),
  );
  return [...rows, ...(misses.length > 0 ? ["", ...misses] : [])].join("\n");
}
