import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { Fault } from "../domain/fault.ts";
import { contractScenario } from "./contract-scenario.ts";
import { contractsIn } from "./contracts.ts";
import { generated } from "./generated.ts";
import { outcomesOf, type Scenario } from "./scenario.ts";
import { domainsIn } from "./scenario-files.ts";
import { USUAL } from "./split.ts";

/** What a source may need to know. */
export interface Place {
  /** Folder of data sets: `PARLEY_DATA`. */
  readonly data: string;
  readonly seed: number;
}

export interface Scenarios {
  readonly scenarios: readonly Scenario[];
  /** What was found and is not played, in a few words each. */
  readonly left_out: readonly string[];
}

/** Where scenarios come from. A new source is a line in the list below. */
export interface Source {
  readonly name: string;
  readonly says: string;
  /** Throws `bad_config` or `bad_source`, which say what is missing and where it would be. */
  load(place: Place): Scenarios | Promise<Scenarios>;
}

/** What no agreement is worth to either side of a published domain: those without one of their own say nothing. */
const RESERVATION = 0.25;

export const SOURCES: readonly Source[] = [
  {
    name: "generated",
    says: "vendor-like domains made from the seed; needs no data",
    load: ({ seed }) => ({ scenarios: generated(seed), left_out: [] }),
  },
  {
    name: "negotiation-scenarios",
    says: "domains of ANAC 2010 to 2013, up to 5,000 outcomes, in PARLEY_DATA",
    load: ({ data }) => published(join(data, "negotiation-scenarios")),
  },
  {
    name: "agenticpay",
    says: "AgenticPay's purchase contracts, price and terms, in PARLEY_DATA",
    load: async ({ data }) => ({ scenarios: (await contractsIn(data)).map(contractScenario), left_out: [] }),
  },
];

/** A source by its name, or a file of domains, one a line, in the form that `negotiation-scenarios` has. */
export async function scenariosFrom(wanted: string, place: Place): Promise<Scenarios> {
  const source = SOURCES.find(({ name }) => name === wanted);
  if (source) return source.load(place);
  if (existsSync(wanted) && statSync(wanted).isFile()) return published(wanted);
  throw new Fault(
    "bad_config",
    `--scenarios ${wanted}: neither a file nor one of the sources that --help lists`,
  );
}

function published(path: string): Scenarios {
  if (!existsSync(path))
    throw new Fault(
      "bad_config",
      `${path} is not there; set PARLEY_DATA to the folder of data sets, or play generated scenarios`,
    );
  const { scenarios, left_out } = domainsIn(path, RESERVATION);
  const large = scenarios.filter((each) => outcomesOf(each) > USUAL.most);
  return {
    scenarios: scenarios.filter((each) => !large.includes(each)),
    left_out: [
      ...large.map((each) => `${each.family} (${outcomesOf(each)} outcomes)`),
      ...left_out.map(({ id, why }) => `${id} (${why})`),
    ],
  };
}
