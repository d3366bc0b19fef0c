import type { Agent } from "../../src/arena/agent.ts";
import { Fault } from "../../src/domain/fault.ts";
import { agent, chatter, opposed, stairs } from "./table.ts";

const deaf = agent("deaf", () => () => ({ does: "accept", outcome: 0 }));
let times = 0;
/** Breaks the contract: remembers earlier sessions. */
const counting = agent("counting", (view) => () => ({
  does: "propose",
  outcomes: [times++ % view.outcomes],
}));

export function agentNamed(name: string): Agent {
  const found = [stairs, chatter, opposed, deaf, counting].find((each) => each.name === name);
  if (!found) throw new Fault("bad_source", `no agent "${name}" in the tests' roster`);
  return found;
}
