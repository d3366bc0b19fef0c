import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Limits } from "../domain/limits.ts";
import { Vendor } from "../domain/vendor.ts";
import type { Store } from "../ports/store.ts";
import { policyDigest } from "./sources.ts";

/** A vendor's two files as a gateway uses them; `policy` is the digest of their text. */
export interface Policy {
  readonly vendor: Vendor;
  readonly limits: Limits;
  readonly policy: string;
}

/**
 * The policy a vendor's folder holds now, kept in the store under its digest so that past turns can be decided again.
 * Files that were checked at an earlier start are taken from the store as they were read then; others are read and
 * checked first. Throws `bad_policy` naming file, line and what to mend.
 */
export async function currentPolicy(folder: string, store: Store): Promise<Policy> {
  const known = await knownPolicy(folder, store);
  if (known) return known;
  // Reading YAML takes its parser, which a start with known files does without.
  const { loadVendor } = await import("./vendor.ts");
  const { vendor, limits, digest: policy } = await loadVendor(folder);
  await store.keepPolicy(policy, JSON.stringify({ vendor, limits }));
  return { vendor, limits, policy };
}

/** A policy that was in force once, or null. Throws nothing when a newer Parley expects more of it: read it again. */
export async function storedPolicy(policy: string, store: Store): Promise<Policy | null> {
  const text = await store.policy(policy);
  if (text === null) return null;
  const { vendor, limits } = JSON.parse(text) as { vendor: unknown; limits: unknown };
  const parsed = { vendor: Vendor.safeParse(vendor), limits: Limits.safeParse(limits) };
  if (!parsed.vendor.success || !parsed.limits.success) return null;
  return { vendor: parsed.vendor.data, limits: parsed.limits.data, policy };
}

async function knownPolicy(folder: string, store: Store): Promise<Policy | null> {
  const read = (name: string) => readFile(join(folder, name), "utf8").catch(() => null);
  const [open, secret] = await Promise.all([read("vendor.yaml"), read("limits.yaml")]);
  return open === null || secret === null ? null : storedPolicy(policyDigest(open, secret), store);
}
