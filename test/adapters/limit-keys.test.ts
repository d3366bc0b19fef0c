import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
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
  expect(addLimitKey(file)).toEqual({ version: 2, lost: [] });
  const after = openLimitKeys(file);
  expect([after.newest, after.secret(1)]).toEqual([2, secret(1)]);
  expect(after.secret(2)).not.toBe(secret(1));
});

test("a file that holds no keys is not written over", () => {
  const file = join(place, "limit-keys.json");
  for (const text of ["", "{}", '{"keys":[]}', '{"keys":["short"]}', '{"keys":[null]}']) {
    writeFileSync(file, text);
    expect(() => openLimitKeys(file)).toThrow(/limit-keys\.json does not hold the keys .* restore it/);
    expect(() => addLimitKey(file)).toThrow(/restore it from a backup/);
    expect(readFileSync(file, "utf8")).toBe(text);
  }
});

test("a key that turns were decided with is not made anew when it is gone", () => {
  const file = join(place, "limit-keys.json");
  const refusal = (what: RegExp) =>
    expect.objectContaining({ code: "bad_config", message: expect.stringMatching(what) });
  expect(() => openLimitKeys(file, 2)).toThrow(
    refusal(
      /limit-keys\.json is missing, but .* key 2; restore it .* `keys rotate-limits` draws all limits anew/,
    ),
  );
  expect(existsSync(file)).toBe(false);
  const { secret } = openLimitKeys(file);
  expect(() => openLimitKeys(file, 2)).toThrow(
    refusal(/limit-keys\.json ends with key 1, but .* key 2; restore it/),
  );
  // Rotated on purpose: the next one is of a version that no turn has, and what was lost stays lost.
  expect(addLimitKey(file, 3)).toEqual({ version: 4, lost: [2, 3] });
  const after = openLimitKeys(file, 3);
  expect([after.newest, after.secret(1), after.secret(2), after.secret(3)]).toEqual([
    4,
    secret(1),
    null,
    null,
  ]);
  expect(addLimitKey(file, 4)).toEqual({ version: 5, lost: [2, 3] });
});
