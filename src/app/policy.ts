import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import type { LimitKeys } from "../adapters/keys.ts";
import { readStamp, writeStamp } from "../adapters/sqlite/stamps.ts";
import { type Draws, drawsFor, NO_DRAWS } from "../domain/draws.ts";
import { Fault } from "../domain/fault.ts";
import { Limits } from "../domain/limits.ts";
import { Vendor } from "../domain/vendor.ts";
import type { Log } from "../ports/log.ts";
import type { Store } from "../ports/store.ts";
import type { Policy } from "../session/house.ts";
import { knowledgeDigest, policyDigest } from "./sources.ts";

/** Where a vendor's files are kept once they were read. */
interface Kept {
  readonly db: DatabaseSync;
  readonly store: Store;
}

/**
 * The policy a vendor's folder holds now, kept in the store under its digest so that past turns can be decided again;
 * its goods are in the database then. A folder of which nothing changed since it was last loaded is taken from there;
 * any other is read and checked as a whole first, since prices and limits depend on each other. Throws `bad_policy`
 * naming file, line and what to mend, and then nothing was loaded; what is merely odd goes to the log.
 */
export async function currentPolicy(folder: string, kept: Kept, keys: LimitKeys, log: Log): Promise<Policy> {
  const { db, store } = kept;
  const digest = await knowledgeDigest(folder);
  const known = readStamp(db, STAMP) === digest ? await knownPolicy(folder, store, keys) : null;
  if (known) return known;
  // The parsers of every kind of file, which a start with known files does without.
  const [{ loadVendor, loadKnowledge }, { sqliteCatalogue }] = await Promise.all([
    import("./vendor.ts"),
    import("../adapters/sqlite/catalogue.ts"),
  ]);
  const { vendor, limits, digest: policy, warnings } = await loadVendor(folder);
  for (const problem of warnings) log.warn({ problem }, "odd in the vendor's files");
  const onProblem = (problem: string) => log.warn({ problem }, "a row of the vendor's files was not taken");
  await loadKnowledge(folder, sqliteCatalogue(db, vendor.default_stock), onProblem);
  await store.keepPolicy(policy, JSON.stringify({ vendor, limits }));
  writeStamp(db, STAMP, digest);
  return { vendor, limits, draws: drawsOf(limits, keys, keys.newest), policy };
}

/** What was loaded last: the digest of everything in the vendor's folder. */
const STAMP = "vendor_knowledge";

/**
 * A policy that was in force once, with the draws of that key, or null; null also when a newer Parley expects more of it.
 * Throws `bad_config` when the key is lost.
 */
export async function storedPolicy(
  policy: string,
  store: Store,
  keys: LimitKeys,
  draws: number,
): Promise<Policy | null> {
  const text = await store.policy(policy);
  if (text === null) return null;
  const { vendor, limits } = JSON.parse(text) as { vendor: unknown; limits: unknown };
  const parsed = { vendor: Vendor.safeParse(vendor), limits: Limits.safeParse(limits) };
  if (!parsed.vendor.success || !parsed.limits.success) return null;
  const { data } = parsed.limits;
  return { vendor: parsed.vendor.data, limits: data, draws: drawsOf(data, keys, draws), policy };
}

function drawsOf(limits: Limits, keys: LimitKeys, version: number): Draws {
  if (version === NO_DRAWS.key) return NO_DRAWS;
  const secret = keys.secret(version);
  if (secret === null)
    throw new Fault(
      "bad_config",
      `${keys.file} holds no key of version ${version}; restore it from a backup`,
    );
  return drawsFor(limits, secret, version);
}

async function knownPolicy(folder: string, store: Store, keys: LimitKeys): Promise<Policy | null> {
  const read = (name: string) => readFile(join(folder, name), "utf8").catch(() => null);
  const [open, secret] = await Promise.all([read("vendor.yaml"), read("limits.yaml")]);
  return open === null || secret === null
    ? null
    : storedPolicy(policyDigest(open, secret), store, keys, keys.newest);
}
