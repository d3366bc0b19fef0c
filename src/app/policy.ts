import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { LimitKeys } from "../adapters/keys.ts";
import { both } from "../adapters/lexical/both.ts";
import { type Draws, drawsFor, NO_DRAWS } from "../domain/draws.ts";
import { Fault } from "../domain/fault.ts";
import { digest as hash } from "../domain/hash.ts";
import { Limits } from "../domain/limits.ts";
import { Vendor } from "../domain/vendor.ts";
import type { Log } from "../ports/log.ts";
import type { Store } from "../ports/store.ts";
import type { Policy } from "../session/house.ts";
import type { Base } from "./base.ts";
import { knowledgeDigest, policyDigest } from "./sources.ts";

/** Where a vendor's files are kept once they were read. */
type Kept = Pick<Base, "store" | "catalogue" | "note" | "setNote" | "finding">;

/**
 * The policy a vendor's folder holds now, kept in the store under its digest so that past turns can be decided again;
 * its goods are in the database then. A folder of which nothing changed since it was last loaded is taken from there;
 * any other is read and checked as a whole first, since prices and limits depend on each other. Throws `bad_policy`
 * naming file, line and what to mend, and then nothing was loaded; what is merely odd goes to the log.
 */
export async function currentPolicy(folder: string, kept: Kept, keys: LimitKeys, log: Log): Promise<Policy> {
  const { store, finding } = kept;
  // What was loaded into one place to find in is not in another.
  const digest = `${await knowledgeDigest(folder)}${finding ? ` ${hash(finding.at)}` : ""}`;
  const known = (await kept.note(STAMP)) === digest ? await knownPolicy(folder, store, keys) : null;
  if (known) return known;
  // The parsers of every kind of file, which a start with known files does without.
  const { loadVendor, loadKnowledge } = await import("./vendor.ts");
  const { vendor, limits, digest: policy, warnings } = await loadVendor(folder);
  for (const problem of warnings) log.warn({ problem }, "odd in the vendor's files");
  const onProblem = (problem: string) => log.warn({ problem }, "a row of the vendor's files was not taken");
  const catalogue = await kept.catalogue(vendor.default_stock);
  await loadKnowledge(folder, finding ? both(catalogue, finding.catalogue) : catalogue, onProblem);
  await store.keepPolicy(policy, JSON.stringify({ vendor, limits }));
  await kept.setNote(STAMP, digest);
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
