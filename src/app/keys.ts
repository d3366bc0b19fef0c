import { join } from "node:path";
import { addKey, listKeys, rotateWebhookSecret } from "../adapters/keys.ts";
import { Fault } from "../domain/fault.ts";
import { loadConfig } from "./config.ts";
import { makeFolder } from "./folder.ts";
import { rotateLimitKeys } from "./limit-keys.ts";

/** How long a receiver has to take over the new secret: both sign meanwhile. */
const WEBHOOK_OVERLAP_DAYS = 7;

const USAGE = "usage: parley keys [rotate | rotate-webhook | rotate-limits]";

/**
 * `keys` lists the signing keys; `keys rotate` makes a new one, which signs from the next start on. `keys rotate-webhook`
 * makes a new secret for webhooks, which are signed with both for a week. `keys rotate-limits`
 * has the limits above the floors drawn anew: for when somebody has learnt a floor, since otherwise it only gives
 * whoever compares both draws a second one to go by.
 */
export async function run(args: string[]): Promise<number> {
  const config = await loadConfig(process.env);
  const { home } = config;
  const folder = join(home, "keys");
  const [what, ...rest] = args;
  const known = [undefined, "rotate", "rotate-webhook", "rotate-limits"];
  if (rest.length > 0 || !known.includes(what)) throw new Fault("bad_config", USAGE);
  if (what === "rotate") {
    makeFolder(home, "PARLEY_HOME");
    const kid = await addKey(folder);
    process.stdout.write(`new key ${kid}; restart the gateway to sign with it. Older keys stay published.\n`);
  }
  if (what === "rotate-webhook") {
    makeFolder(home, "PARLEY_HOME");
    const until = new Date(Date.now() + WEBHOOK_OVERLAP_DAYS * 86_400_000).toISOString();
    const secret = rotateWebhookSecret(join(home, "tokens.json"), until);
    process.stdout.write(
      `new webhook secret ${secret}; restart the gateway to sign with it. Until ${until} webhooks carry both signatures.\n`,
    );
    return 0;
  }
  if (what === "rotate-limits") {
    makeFolder(home, "PARLEY_HOME");
    const { version, lost } = await rotateLimitKeys(config);
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
