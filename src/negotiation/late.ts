import { Fault } from "../domain/fault.ts";
import type { Doing } from "./acts/index.ts";
import type { Input, Outcome } from "./input.ts";
import { keptPending } from "./readback.ts";

/**
 * The reply to what hangs on a look-up that its deadline cut short: what it did not find may be there all the same, so
 * nothing is said to be missing. Null where enough was found, or where what is done asks for nothing.
 * @throws Fault `unavailable` for a typed act, which may be sent again as it is
 */
export function notInTime(input: Input, doing: Doing | undefined): Outcome | null {
  if (doing === undefined || !hangsOn(input, doing)) return null;
  if (input.typed) throw new Fault("unavailable", "this could not be looked up in time; send the same again");
  return { move: { act: "unknown", reasons: ["not_in_time"], ...keptPending(input) } };
}

function hangsOn({ evidence }: Input, doing: Doing): boolean {
  const { partial, unresolved, results, answers } = evidence;
  // Of several to choose from one may well be what was meant; a single near miss of an unfinished search is nothing.
  const unfound = unresolved.some((one) => one.partial && one.choices.length < 2);
  switch (doing) {
    case "propose":
    case "accept":
      return unfound;
    case "search":
      return unfound || (partial && results.length === 0);
    case "compare":
      return unfound || (partial && results.length < 2);
    case "ask":
      return unfound || (partial && answers.every(({ facts }) => facts.length === 0));
    default:
      return false;
  }
}
