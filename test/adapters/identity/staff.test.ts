import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SignJWT } from "jose";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { staffDoor } from "../../../src/adapters/identity/staff.ts";
import { listStaff, staffIn, unlistStaff } from "../../../src/adapters/identity/staff-list.ts";

const folder = mkdtempSync(join(tmpdir(), "parley-staff-"));
afterAll(() => rmSync(folder, { recursive: true }));

const file = join(folder, "staff.json");
const MINUTE = 60_000;
let now = Date.parse("2030-01-01T00:00:00.000Z");
const clock = { now: () => new Date(now).toISOString() };
const door = (secret = "secret of this test") =>
  staffDoor({ first: "staff_first", secret, file, provider: null }, clock);
const mina = { id: "Mina", name: "Mina", role: "agent" } as const;

beforeEach(() => {
  rmSync(file, { force: true });
  listStaff(file, "Mina", "agent");
});

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => "taken",
    ({ code }: { code: string }) => code,
  );

describe("what a browser of staff keeps", () => {
  test("holds at any node with the same secrets, for an hour", async () => {
    const { token, until } = await door().issue(mina, "token");
    expect(until).toBe("2030-01-01T01:00:00.000Z");
    expect(await door().read(token)).toMatchObject({ ...mina, until, by: "token", ages: false });
    now += 59 * MINUTE;
    expect((await door().read(token)).ages).toBe(true);
    now += MINUTE;
    expect(await codeOf(door().read(token))).toBe("token_expired");
  });

  test("is made anew while it is used, and ends half a day after signing in all the same", async () => {
    const since = clock.now();
    let kept = await door().issue(mina, "token");
    for (let minutes = 0; minutes < 12 * 60 - 30; minutes += 30) {
      now += 30 * MINUTE;
      const { ages, since: began } = await door().read(kept.token);
      expect([ages, began]).toEqual([true, since]);
      kept = await door().issue(mina, "token", began);
    }
    expect(Date.parse(kept.until) - Date.parse(since)).toBe(12 * 60 * MINUTE);
  });

  test("is nothing elsewhere, nor when it was made otherwise", async () => {
    const { token } = await door().issue(mina, "token");
    expect(await codeOf(door("another secret").read(token))).toBe("unauthorized");
    expect(await codeOf(door().read(`${token}x`))).toBe("unauthorized");
    expect(await codeOf(door().read(""))).toBe("unauthorized");
    const forged = await new SignJWT({ name: "Mina", role: "manager", by: "token", since: clock.now() })
      .setProtectedHeader({ alg: "HS256", typ: "parley-staff+jwt" })
      .setSubject("Mina")
      .setExpirationTime("1h")
      .sign(new TextEncoder().encode("a key of somebody else's, long enough"));
    expect(await codeOf(door().read(forged))).toBe("unauthorized");
  });

  test("ends with the token it was given for, and has its role of now; a provider's stands by itself", async () => {
    const [{ token }, other] = [
      await door().issue(mina, "token"),
      await door().issue({ id: "oidc:x", name: "Jun", role: "viewer" }, "oidc"),
    ];
    listStaff(file, "Mina", "viewer");
    expect((await door().read(token)).role).toBe("viewer");
    unlistStaff(file, "Mina");
    expect(await codeOf(door().read(token))).toBe("unauthorized");
    expect((await door().read(other.token)).name).toBe("Jun");
  });
});

describe("a token of one's own", () => {
  test("is told once and kept as a digest, in a file for its owner alone; a new one takes its place", () => {
    const first = listStaff(file, "김민아", "manager");
    expect(readFileSync(file, "utf8")).not.toContain(first);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(door().holder(first)).toEqual({ id: "김민아", name: "김민아", role: "manager" });
    const second = listStaff(file, "김민아", "agent");
    expect(door().holder(first)).toBeNull();
    expect(door().holder(second)?.role).toBe("agent");
    expect(door().holder("staff_first")).toMatchObject({ id: "operator", role: "manager" });
    expect(door().holder("")).toBeNull();
    expect(unlistStaff(file, "nobody")).toBe(false);
  });

  test.each([
    ["no JSON", "{"],
    ["a role that is none", '{"staff": [{"name": "Mina", "role": "boss", "digest": "00"}]}'],
  ])("is refused with the whole list where that is %s", (_, text) => {
    writeFileSync(file, text);
    expect(() => staffIn(file)).toThrow(/identity staff-add/);
  });
});
