import { existsSync } from "node:fs";
import { join } from "node:path";
import { FIRST } from "../adapters/identity/staff.ts";
import { listStaff, staffIn, unlistStaff } from "../adapters/identity/staff-list.ts";
import { Fault } from "../domain/fault.ts";
import { STAFF_NAME } from "../domain/handoff.ts";
import { StaffRole } from "../domain/staff.ts";
import { closeBase, openBase } from "./base.ts";
import { type Config, databasePath, loadConfig, STAFF } from "./config.ts";

const USAGE =
  "usage: parley identity [list | revoke <principal> | reinstate <principal> | staff | staff-add <name> <viewer|agent|manager> | staff-remove <name>]";

/**
 * Turns a principal away, or takes it in again, also while the gateway runs: every node looks within two seconds. Without
 * more it lists who is turned away. `staff-add` gives one of the vendor's people a token of its own.
 */
export async function run(args: string[]): Promise<number> {
  const config = await loadConfig(process.env);
  const [what = "list", given, ...rest] = args;
  const who = given?.normalize("NFC");
  if (what.startsWith("staff")) return staff(config, what, who, rest);
  const named = what === "revoke" || what === "reinstate";
  if (rest.length > 0 || (who !== undefined) !== named || !(named || what === "list")) throw usage();
  if (config.store === undefined && !existsSync(databasePath(config)))
    throw new Fault("not_found", `there is no database in ${config.home} yet`);
  const base = await openBase(config);
  const { store } = base;
  try {
    if (named && who !== undefined) {
      if (what === "revoke") await store.revoke(who, new Date().toISOString());
      else await store.reinstate(who);
      process.stdout.write(`${who} is ${what === "revoke" ? "turned away" : "taken in again"}\n`);
      return 0;
    }
    const all = await store.revocations();
    for (const { principal: known, at } of all) process.stdout.write(`${known}  ${at}\n`);
    if (all.length === 0) process.stdout.write("nobody is turned away\n");
    return 0;
  } finally {
    await closeBase(base);
  }
}

/** Who of staff has a token of their own; a gateway that runs takes and refuses them at once. */
function staff(config: Config, what: string, who: string | undefined, rest: readonly string[]): number {
  const file = join(config.home, STAFF);
  const [as, ...more] = rest;
  if (what === "staff" && who === undefined) {
    for (const { name, role } of staffIn(file)) process.stdout.write(`${name}  ${role}\n`);
    if (staffIn(file).length === 0) process.stdout.write("nobody has a token of their own\n");
    return 0;
  }
  const name = STAFF_NAME.safeParse(who);
  if (!name.success || more.length > 0) throw usage();
  if (what === "staff-remove" && as === undefined) {
    if (!unlistStaff(file, name.data)) throw new Fault("not_found", `${name.data} has no token here`);
    process.stdout.write(`${name.data} has no token any more\n`);
    return 0;
  }
  if (name.data === FIRST.name)
    throw new Fault(
      "bad_config",
      `${FIRST.name} is whoever holds the token of the first run; choose another name`,
    );
  const role = StaffRole.safeParse(as);
  if (what !== "staff-add" || !role.success) throw usage();
  process.stdout.write(`${listStaff(file, name.data, role.data)}\n`);
  process.stderr.write(`${name.data} signs in with this token as ${role.data}; it is not told again\n`);
  return 0;
}

function usage(): Fault {
  return new Fault("bad_config", USAGE);
}
