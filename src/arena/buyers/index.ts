import type { Buyer } from "./buyer.ts";
import { deceptive } from "./deceptive.ts";
import { listTaker } from "./list-taker.ts";
import { lowBaller } from "./low-baller.ts";
import { percent } from "./percent.ts";
import { picker } from "./picker.ts";
import { prober } from "./prober.ts";
import { termLover } from "./term-lover.ts";
import { boulware, conceder, impatient, linear } from "./timed.ts";

/** Every way of buying, and how many of a hundred visitors buy so. Nobody has counted them: the mix is a guess. */
export const BUYERS: readonly { readonly buyer: Buyer; readonly of_100: number }[] = [
  { buyer: listTaker, of_100: 20 },
  { buyer: percent, of_100: 15 },
  { buyer: impatient, of_100: 10 },
  { buyer: conceder, of_100: 10 },
  { buyer: linear, of_100: 10 },
  { buyer: boulware, of_100: 10 },
  { buyer: picker, of_100: 5 },
  { buyer: termLover, of_100: 5 },
  { buyer: deceptive, of_100: 5 },
  { buyer: lowBaller, of_100: 5 },
  { buyer: prober, of_100: 5 },
];
