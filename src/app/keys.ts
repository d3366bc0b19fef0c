import { join } from "node:path";
import { addKey, listKeys } from "../adapters/keys.ts";
import { Fault } from "../domain/fault.ts";
import { loadConfig } from "./config.ts";
import { makeFolder } from "./folder.ts";

/** `keys` lists the signing keys; `keys rotate` makes a new one, which signs from the next start on. */
export async function run(args: string[]): Promise<number> {
  const { home } = await loadConfig(process.env);
  const folder = join(home, "keys");
  const [what, ...rest] = args;
  if (rest.length > 0 || (what !== undefined && what !== "rotate")) {
    throw new Fault("bad_config", "usage: parley keys [rotate]");
  }
  if (what === "rotate") {
    makeFolder(home, "PARLEY_HOME");
    const kid = await addKey(folder);
    process.stdout.write(`new key ${kid}; restart the gateway to sign with it. Older keys stay published.\n`);
  }
  const keys = listKeys(folder);
  for (const [i, kid] of keys.entries())
    process.stdout.write(`${kid}${i === keys.length - 1 ? "  (signs)" : ""}\n`);
  if (keys.length === 0) process.stdout.write("no keys yet: the first start makes one\n");
  return 0;
}
