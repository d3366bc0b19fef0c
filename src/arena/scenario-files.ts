import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { z } from "zod";
import { Fault, problemsOf } from "../domain/fault.ts";
import { familyName, gathered } from "./family.ts";
import { checkScenario, outcomesOf, type Scenario, WHOLE } from "./scenario.ts";

/** One line of a file of published domains. */
const Line = z.object({
  id: z.string().min(1),
  issues: z.array(z.object({ name: z.string(), values: z.array(z.coerce.string()).min(1) })).min(1),
  profiles: z
    .array(
      z.object({
        file: z.string().default(""),
        reservation: z.number().nullish(),
        issues: z.array(z.object({ name: z.string(), weight: z.number(), evals: z.array(z.number()) })),
      }),
    )
    .length(2),
});
type Line = z.infer<typeof Line>;

/** `published`: what the domain says. Otherwise every side's, as a share of its best outcome. Discounts never apply. */
export type Reservation = "published" | number;

export interface Domains {
  /** One scenario for each family, by family name. */
  readonly scenarios: readonly Scenario[];
  /** Rows that cannot be played: where they stand, and why. Files without a single domain are not of this kind. */
  readonly left_out: readonly LeftOut[];
  readonly files: readonly string[];
  readonly rows: number;
}

interface LeftOut {
  readonly id: string;
  readonly why: string;
}

/**
 * All domains in the `*.jsonl` files of a folder, or in one file: of each family the smallest row, and of these the
 * oldest. A family keeps the name it is `known` by where it has several. Rows that cannot be played are left out and
 * named. Throws `bad_source` for a single file without a domain.
 */
export function domainsIn(path: string, reservation: Reservation, known: readonly string[] = []): Domains {
  const one = statSync(path).isFile();
  const names = one ? [basename(path)] : readdirSync(path).filter((name) => name.endsWith(".jsonl"));
  const files = names
    .sort()
    .map((name) => ({ name, ...rowsOf(join(one ? dirname(path) : path, name), name, reservation) }))
    .filter(({ playable, left_out }) => {
      if (one && playable.length === 0)
        throw new Fault(
          "bad_source",
          `${path} holds no domain${left_out[0] ? `; its first row: ${left_out[0].why}` : ""}`,
        );
      return playable.length > 0;
    });
  const unknown = ({ family }: Scenario) => (known.includes(family) ? 0 : 1);
  const playable = files
    .flatMap((file) => file.playable)
    .sort((a, b) => unknown(a) - unknown(b) || outcomesOf(a) - outcomesOf(b) || (a.id < b.id ? -1 : 1));
  const first = new Map<string, Scenario>();
  for (const scenario of gathered(playable))
    if (!first.has(scenario.family)) first.set(scenario.family, scenario);
  return {
    scenarios: [...first.values()].sort((a, b) => (a.family < b.family ? -1 : 1)),
    left_out: files.flatMap((file) => file.left_out),
    files: files.map(({ name }) => name),
    rows: files.reduce((sum, file) => sum + file.playable.length + file.left_out.length, 0),
  };
}

/** The rows of a file. One that is broken says nothing about the others. */
function rowsOf(
  path: string,
  name: string,
  reservation: Reservation,
): { readonly playable: Scenario[]; readonly left_out: LeftOut[] } {
  const playable: Scenario[] = [];
  const left_out: LeftOut[] = [];
  readFileSync(path, "utf8")
    .split("\n")
    .forEach((text, i) => {
      if (text.trim() === "") return;
      try {
        playable.push(scenarioOf(lineOf(text), reservation));
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
        left_out.push({ id: `${name}, line ${i + 1}`, why: error.message });
      }
    });
  return { playable, left_out };
}

function lineOf(text: string): Line {
  let row: unknown;
  try {
    row = JSON.parse(text);
  } catch (cause) {
    throw new Fault("bad_source", "not JSON", { cause });
  }
  const line = Line.safeParse(row);
  if (line.success) return line.data;
  throw new Fault("bad_source", `not a domain: ${problemsOf(line.error)}`);
}

function scenarioOf({ id, issues, profiles }: Line, reservation: Reservation): Scenario {
  const sideOf = ({ file, issues: valued, reservation: own }: Line["profiles"][number]) => {
    const strange = issues.findIndex((issue, i) => valued[i]?.name !== issue.name);
    if (strange >= 0)
      throw new Fault(
        "bad_source",
        `${id}: ${file} does not evaluate "${issues[strange]?.name}" where it stands`,
      );
    const kept = reservation === "published" ? (own ?? 0) : reservation;
    return { name: file.replace(/\.xml$/, ""), issues: valued, reservation: Math.round(kept * WHOLE) };
  };
  const [first, second] = profiles as [Line["profiles"][number], Line["profiles"][number]];
  const scenario: Scenario = {
    ...{ id, family: familyName(id), issues },
    sides: [sideOf(first), sideOf(second)],
  };
  checkScenario(scenario);
  return scenario;
}
