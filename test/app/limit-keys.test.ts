import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { open } from "../../src/adapters/sqlite/database.ts";
import { closeBase, openBase } from "../../src/app/base.ts";
import { databasePath, LIMIT_KEYS } from "../../src/app/config.ts";
import { run as keys } from "../../src/app/keys.ts";
import { limitKeysOf } from "../../src/app/limit-keys.ts";
import { run as replay } from "../../src/app/replay.ts";

const main = resolve(import.meta.dirname, "../../src/app/main.ts");

let home: string;
let file: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "parley-home-"));
  file = join(home, LIMIT_KEYS);
  vi.stubEnv("PARLEY_HOME", home);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true, force: true });
});

/** Puts one turn into the log as it is recorded, and opens the keys as a start does. */
function decided(seq: number, record: object) {
  const db = open(databasePath({ home }));
  db.prepare("INSERT INTO event (session, seq, json, staff) VALUES ('ses_1', ?, '{}', ?)").run(
    seq,
    JSON.stringify(record),
  );
  db.close();
}

async function started() {
  const base = await openBase({ home });
  try {
    return await limitKeysOf({ home }, base);
  } finally {
    await closeBase(base);
  }
}

test("a home gets its first key where nothing was decided yet, or before there were keys", async () => {
  const { newest, secret } = await started();
  expect([newest, secret(1)?.length]).toEqual([1, 43]);
  rmSync(file);
  decided(2, { now: "2026-03-02T09:00:00.000Z" });
  expect((await started()).newest).toBe(1);
});

test("a gateway whose key is gone neither starts nor replays until it is restored or rotated on purpose", async () => {
  const { secret: first } = await started();
  decided(2, { draws: 1 });
  rmSync(file);
  const { status, stderr } = spawnSync(process.execPath, [main, "start"], {
    env: { ...process.env, PARLEY_HOME: home, PARLEY_PORT: "0" },
    encoding: "utf8",
    timeout: 60_000,
    killSignal: "SIGKILL",
  });
  expect([status, stderr]).toEqual([
    1,
    expect.stringMatching(
      /^parley start: .*limit-keys\.json is missing, but limits .* key 1; restore it .*\n$/,
    ),
  ]);
  await expect(replay(["all"])).rejects.toThrow(/limit-keys\.json is missing/);
  expect(existsSync(file)).toBe(false);

  const said = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  expect(await keys(["rotate-limits"])).toBe(0);
  expect(String(said.mock.calls)).toContain("drawn with key 2 once the gateway is restarted; lost: 1");
  said.mockRestore();
  const after = await started();
  expect([after.newest, after.secret(1)]).toEqual([2, null]);
  expect(after.secret(2)).not.toBe(first(1));
});

test("a file that was restored from before a rotation is refused as well", async () => {
  await started();
  decided(2, { draws: 1 });
  decided(3, { draws: 2 });
  await expect(started()).rejects.toThrow(
    /limit-keys\.json ends with key 1, but limits were drawn with key 2/,
  );
});
