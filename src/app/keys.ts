import { join } from "node:path";
import { addKey, listKeys } from "../adapters/keys.ts";
import { Fault } from "../domain/fault.ts";
import { loadConfig } from "./config.ts";
import { makeFolder } from "./folder.ts";
import { rotateLimitKeys } from "./limit-keys.ts";

/**
 * `keys` lists the signing keys; `keys rotate` makes a new one, which signs from the next start on. `keys rotate-limits`
 * has the limits above the floors drawn anew: for when somebody has learnt a floor, since otherwise it only gives
 * whoever compares both draws a second one to go by.
 */
export async function run(args: string[]): Promise<number> {
  const config = await loadConfig(process.env);
  const { home } = config;
  const folder = join(home, "keys");
  const [what, ...rest] = args;
  if (rest.length > 0 || (what !== undefined && what !== "rotate" && what !== "rotate-limits")) {
    throw new Fault("bad_config", "usage: parley keys [rotate | rotate-limits]");
  }
  if (what === "rotate") {
    makeFolder(home, "PARLEY_HOME");
    const kid = await addKey(folder);
    process.stdout.write(`new key ${kid}; restart the gateway to sign with it. Older keys stay published.\n`);
  }
  if (what === "rotate-limits") {
    makeFolder(home, "PARLEY_HOME");
    const { version, lost } = rotateLimitKeys(config);
    const older =
      lost.length === 0
        ? "older keys are kept"
        : `lost: ${lost.join(", ")}; what was decided with those cannot be decided again`;
    process.stdout.write(`limits are drawn with key ${version} once the gateway is restarted; ${older}\n`);
    return 0;
  }
  const keys = listKeys(folder);
  for (const [i, kid] of keys.entries())
    process.stdout.write(`${kid}${i === keys.length - 1 ? "  (signs)" : ""}\n`);
  if (keys.length === 0) process.stdout.write("no keys yet: the first start makes one\n");
  return 0;
}
