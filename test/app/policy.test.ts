import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openLimitKeys } from "../../src/adapters/keys.ts";
import { open } from "../../src/adapters/sqlite/database.ts";
import { closeBase, embedded } from "../../src/app/base.ts";
import { currentPolicy } from "../../src/app/policy.ts";

const demo = resolve(import.meta.dirname, "../../fixtures/vendors/demo");

let place: string;
let folder: string;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), "parley-policy-"));
  folder = join(place, "vendor");
  cpSync(demo, folder, { recursive: true });
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

function edit(name: string, from: string, to: string): void {
  const path = join(folder, name);
  const text = readFileSync(path, "utf8");
  expect(text).toContain(from);
  writeFileSync(path, text.replace(from, to));
}

/** One start's reading of the folder: what it warned of, and what it refused or sells the laptop for. */
async function started() {
  const db = open(join(place, "parley.db"));
  const base = embedded(db);
  const warned: string[] = [];
  const silent = () => {};
  const log = {
    ...{ debug: silent, info: silent, error: silent },
    warn: (about: object, what: string) => void warned.push(`${what}: ${JSON.stringify(about)}`),
  };
  const keys = openLimitKeys(join(place, "limit-keys.json"));
  const outcome = await currentPolicy(folder, base, keys, log).then(
    ({ policy }) => ({ policy, refused: null }),
    (fault: Error) => ({ policy: null, refused: fault.message.replaceAll(folder, "") }),
  );
  const row = db.prepare("SELECT body FROM entry WHERE id = 'NB-14A-BLK' AND live = 1").get();
  await closeBase(base);
  return { ...outcome, warned, laptop: row ? JSON.parse(String(row.body)).price.USD : null };
}

const LAPTOP = '"price":{"USD":89900,"KRW":1190000}';

describe("the folder of a vendor, start by start", () => {
  test("is checked and loaded once, and read from the database while nothing in it changes", async () => {
    const first = await started();
    expect(first).toMatchObject({ refused: null, warned: [], laptop: 89_900 });
    edit("limits.yaml", "brand: Orrin", "brand: Orlando");
    const changed = await started();
    expect(changed.policy).not.toBe(first.policy);
    expect(changed.warned.join()).toMatch(/odd in the vendor's files.*no brand .*Orlando/);
    expect(await started()).toEqual({ ...changed, warned: [] });
  });

  test("is refused when its products no longer go with its limits, before anything of it is loaded", async () => {
    const { policy } = await started();
    edit("products.jsonl", LAPTOP, LAPTOP.replace("89900", "70000"));
    const refused = await started();
    expect(refused.refused).toMatch(
      /^\/limits\.yaml:\d+: rules\.4\.floor\.USD: the floor of \$769\.00 is above the list price of NB-14A-BLK \(products\.jsonl:1\)/,
    );
    expect(refused.laptop).toBe(89_900);
    // Again, as long as neither side is mended.
    expect((await started()).refused).toBe(refused.refused);
    edit("products.jsonl", LAPTOP.replace("89900", "70000"), LAPTOP.replace("89900", "88000"));
    expect(await started()).toMatchObject({ refused: null, policy, laptop: 88_000 });
  });
});
