import { WHOLE } from "../utility.ts";
import type { Strategy } from "./curve.ts";

/** Published prices only: never concedes. */
export const fixed: Strategy = { name: "fixed", settles: false, target: () => WHOLE };
