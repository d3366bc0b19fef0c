import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { addLimitKey, openLimitKeys } from "../../src/adapters/keys.ts";

let place: string;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), "parley-limit-keys-"));
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

test("the key of the limits is made once, read by its owner alone, and kept when another follows", () => {
  const file = join(place, "home", "limit-keys.json");
  const { newest, secret } = openLimitKeys(file);
  expect([newest, secret(1)?.length, secret(2), secret(0)]).toEqual([1, 43, null, null]);
  expect(statSync(file).mode & 0o077).toBe(0);
  expect(openLimitKeys(file).secret(1)).toBe(secret(1));
  expect(addLimitKey(file)).toBe(2);
  const after = openLimitKeys(file);
  expect([after.newest, after.secret(1)]).toEqual([2, secret(1)]);
  expect(after.secret(2)).not.toBe(secret(1));
});

test("a file that holds no keys is not written over", () => {
  const file = join(place, "limit-keys.json");
  for (const text of ["", "{}", '{"keys":[]}', '{"keys":["short"]}']) {
    writeFileSync(file, text);
    expect(() => openLimitKeys(file)).toThrow(/limit-keys\.json does not hold the keys .* restore it/);
    expect(() => addLimitKey(file)).toThrow(/restore it from a backup/);
    expect(readFileSync(file, "utf8")).toBe(text);
  }
});
