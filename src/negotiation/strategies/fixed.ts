import { asGoodAsNext } from "../acceptance.ts";
import { WHOLE } from "../utility.ts";
import type { Strategy } from "./strategy.ts";

/** Published prices only. */
export const fixed: Strategy = {
  name: "fixed",
  says: "never concedes",
  choice: "nearest",
  closes: false,
  target: () => WHOLE,
  accepts: asGoodAsNext,
};
