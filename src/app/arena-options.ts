import { AGENTS, BUYERS, PUBLISHED } from "../arena/agents/index.ts";
import { OWN, RATIONAL } from "../arena/roster.ts";
import { Fault } from "../domain/fault.ts";
import { options } from "./arguments.ts";
import { checkPageFile } from "./page-file.ts";

/** What a run of the arena was asked for. */
export interface ArenaOptions {
  readonly scenarios: string;
  readonly vendors: readonly string[];
  readonly buyers: readonly string[];
  /** Turns each side has at most. */
  readonly rounds: number;
  readonly seeds: readonly number[];
  /** Only these domains; all of them when empty. */
  readonly domains: readonly string[];
  readonly out: string | undefined;
  readonly json: boolean;
}

const KNOWN = {
  scenarios: { type: "string", default: "generated" },
  vendors: { type: "string", default: "own,boulware" },
  buyers: { type: "string", default: "published" },
  rounds: { type: "string", default: "10" },
  seeds: { type: "string", default: "2" },
  domains: { type: "string", default: "" },
  out: { type: "string" },
  json: { type: "boolean", default: false },
} as const;

/** Names that stand for several agents. */
export const GROUPS: Readonly<Record<string, readonly string[]>> = {
  own: OWN.map(({ name }) => name),
  published: PUBLISHED.map(({ name }) => name),
  buyers: BUYERS.map(({ name }) => name),
  rational: RATIONAL.map(({ name }) => name),
};

/** Null when help was asked for. Throws `bad_config` that names what is wrong. */
export function arenaOptions(args: string[]): ArenaOptions | null {
  const values = options(args, KNOWN);
  if (!values) return null;
  const { out } = values;
  if (out !== undefined) checkPageFile(out);
  const seeds = whole("--seeds", values.seeds, 1_000);
  return {
    ...{ scenarios: values.scenarios, out, json: values.json },
    vendors: agents("--vendors", values.vendors),
    buyers: agents("--buyers", values.buyers),
    rounds: whole("--rounds", values.rounds, 1_000),
    seeds: Array.from({ length: seeds }, (_, i) => i + 1),
    domains: list(values.domains),
  };
}

function agents(option: string, given: string): string[] {
  const known = [...OWN, ...AGENTS, ...RATIONAL].map(({ name }) => name);
  const wanted = list(given).flatMap((name) => GROUPS[name] ?? [name]);
  const strange = wanted.filter((name) => !known.includes(name));
  if (strange.length > 0 || wanted.length === 0)
    throw new Fault(
      "bad_config",
      `${option} ${strange.join(", ") || "names nobody"}: there are ${Object.keys(GROUPS).join(", ")} (groups) and ${[...OWN, ...AGENTS].map(({ name }) => name).join(", ")}`,
    );
  return [...new Set(wanted)];
}

function whole(option: string, given: string, most: number): number {
  const number = /^\d+$/.test(given) ? Number(given) : 0;
  if (number < 1 || number > most)
    throw new Fault("bad_config", `${option} ${given}: a whole number from 1 to ${most}`);
  return number;
}

function list(text: string): string[] {
  return text
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");
}
