import { Fault } from "../domain/fault.ts";
import { STRATEGIES } from "../negotiation/strategies/index.ts";
import type { Agent } from "./agent.ts";
import { AGENTS, PUBLISHED } from "./agents/index.ts";
import { rational } from "./rational.ts";
import { vendorAgent } from "./vendor-agent.ts";

/** Parley's own strategies, the default first. Their names say whose they are: some were published under the same. */
export const OWN: readonly Agent[] = STRATEGIES.map((strategy) => own(strategy.name, vendorAgent(strategy)));

/** The same published strategies as buyers who take anything worth having before it is too late. */
export const RATIONAL: readonly Agent[] = PUBLISHED.map(rational);

const ALL = new Map([...OWN, ...AGENTS, ...RATIONAL].map((agent) => [agent.name, agent]));

/** Throws `bad_source` with the names there are. */
export function agentNamed(name: string): Agent {
  const agent = ALL.get(name);
  if (agent) return agent;
  throw new Fault("bad_source", `there is no agent "${name}"; there are ${[...ALL.keys()].join(", ")}`);
}

function own(name: string, agent: Agent): Agent {
  return { ...agent, name: `parley/${name}` };
}
