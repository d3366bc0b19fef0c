import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { run } from "../../src/app/lab-promote.ts";
import { type OpenGateway, openGateway } from "../harness.ts";
import { HttpBuyer } from "../transport/http-client.ts";
import { ran } from "./ran.ts";

let gateway: OpenGateway;
let root: string;
/** Nothing was said in the second. */
const sessions: string[] = [];

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "parley-lab-"));
  mkdirSync(join(root, "fixtures/dialogues"), { recursive: true });
  writeFileSync(join(root, "fixtures/dialogues/taken.yaml"), "");
  gateway = await openGateway();
  for (const said of [true, false]) {
    const buyer = await HttpBuyer.open(gateway.url);
    if (said) await buyer.say({ act: { act: "greet" } });
    sessions.push(buyer.welcome.session);
  }
  await gateway.stop();
  vi.stubEnv("PARLEY_HOME", gateway.home);
  vi.spyOn(process, "cwd").mockReturnValue(root);
});
afterAll(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  gateway.remove();
  rmSync(root, { recursive: true, force: true });
});

it.each([
  ["no session", [], /^promote which\?/],
  ["two sessions", ["ses_a", "ses_b"], /^one conversation at a time: there is no place for ses_b/],
  ["a session nobody has", ["ses_none"], /^there is no conversation ses_none .*`replay` lists/],
  [
    "a name that is none",
    ["ses_a", "--id", "My Talk"],
    /^--id My Talk: small letters, digits, dots and hyphens/,
  ],
  ["a name that leaves the folder", ["ses_a", "--id", "../x"], /^--id \.\.\/x: small letters/],
  ["a session that makes no name", ["///"], /^\/\/\/ gives no name; name it with --id/],
  ["a name that is taken", ["ses_a", "--id", "taken"], /taken\.yaml is there already; choose another name/],
  ["an option nobody knows", ["ses_a", "--ids", "x"], /'--ids'.*lab --help lists the options/],
])("%s is refused in a sentence, and nothing is written", async (_, args, why) => {
  const { code, out, err } = await ran(run, ...args);
  expect([code, out, err]).toEqual([1, "", expect.stringMatching(why)]);
  expect(existsSync(join(root, "fixtures/x.yaml"))).toBe(false);
});

it("a session in which nothing was said is refused, as one that is not there", async () => {
  const { code, err } = await ran(run, sessions[1] ?? "");
  expect([code, err]).toEqual([1, expect.stringMatching(/with anything said in it/)]);
});

it("a place without fixtures is refused by its path", async () => {
  rmSync(join(root, "fixtures"), { recursive: true });
  const { code, err } = await ran(run, sessions[0] ?? "");
  expect([code, err]).toEqual([1, expect.stringContaining("run this where your fixtures/ are")]);
});
