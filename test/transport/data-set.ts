import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

/**
 * A file of the public data sets in `PARLEY_DATA`. Where it is missing, the suite says that it was skipped, or fails
 * when `PARLEY_REQUIRE_ALL=1` asks for everything.
 */
export function dataSet(file: string): { readonly path: string; readonly skipped: boolean } {
  const path = join(resolve(process.env.PARLEY_DATA ?? "../shared/data"), file);
  if (existsSync(path)) return { path, skipped: false };
  console.warn(`SKIPPED: ${path} is not there; set PARLEY_DATA to the folder of data sets`);
  return { path, skipped: process.env.PARLEY_REQUIRE_ALL !== "1" };
}
