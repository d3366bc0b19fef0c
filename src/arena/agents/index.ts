import type { Agent } from "../agent.ts";
import { agentgg } from "./agentgg.ts";
import { agentk } from "./agentk.ts";
import { bisecting } from "./bisecting.ts";
import { boulware } from "./boulware.ts";
import { conceder } from "./conceder.ts";
import { deceptive } from "./deceptive.ts";
import { faratinBoulware } from "./faratin-boulware.ts";
import { hardheaded } from "./hardheaded.ts";
import { hybrid } from "./hybrid.ts";
import { impatient } from "./impatient.ts";
import { linear } from "./linear.ts";
import { lowBudget } from "./low-budget.ts";
import { micro } from "./micro.ts";
import { niceTitForTat } from "./nice-tit-for-tat.ts";
import { noisy } from "./noisy.ts";
import { parscat } from "./parscat.ts";
import { ponpoko } from "./ponpoko.ts";
import { random } from "./random.ts";
import { shochan } from "./shochan.ts";
import { stubborn } from "./stubborn.ts";
import { uoagent } from "./uoagent.ts";
import { yxagent } from "./yxagent.ts";

/** Written from what was published about them; `source` says where, and where a description left something open. */
export const PUBLISHED: readonly Agent[] = [
  boulware,
  linear,
  conceder,
  faratinBoulware,
  agentgg,
  agentk,
  hardheaded,
  hybrid,
  micro,
  niceTitForTat,
  parscat,
  ponpoko,
  shochan,
  uoagent,
  yxagent,
];

/** Ways of buying that no competition rewards, and every vendor meets. */
export const BUYERS: readonly Agent[] = [random, noisy, stubborn, deceptive, lowBudget, bisecting, impatient];

export const AGENTS: readonly Agent[] = [...PUBLISHED, ...BUYERS];
