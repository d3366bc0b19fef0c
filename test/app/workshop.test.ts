import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { type RunningGateway, startGateway } from "../harness.ts";
import { DETAILS, wish } from "../session/buying.ts";
import { deskAt, there } from "./staff-desk.ts";

const repository = resolve(import.meta.dirname, "../..");
const root = mkdtempSync(join(tmpdir(), "parley-workshop-"));
const vendor = join(root, "fixtures/vendors/demo");
const limitsFile = join(vendor, "limits.yaml");
const promptFile = join(root, "prompts/word.md");
const TAPED = "en-address-in-two";
const ALONE = "ko-yes-to-one";

let gateway: RunningGateway;
let desk: ReturnType<typeof deskAt>;
beforeAll(async () => {
  const copied = [
    "prompts",
    "fixtures/vendors/demo",
    "fixtures/tapes/prompts",
    `fixtures/tapes/${TAPED}.yaml`,
  ];
  for (const id of [TAPED, ALONE]) copied.push(`fixtures/dialogues/${id}.yaml`);
  for (const path of copied) cpSync(join(repository, path), join(root, path), { recursive: true });
  mkdirSync(join(root, "home"));
  gateway = await startGateway({
    ...{ PARLEY_HOME: join(root, "home"), PARLEY_VENDOR: vendor, PARLEY_PROMPTS: join(root, "prompts") },
  });
  desk = deskAt(gateway);
});
afterAll(async () => {
  await gateway.stop();
  rmSync(root, { recursive: true, force: true });
});

describe("limits", () => {
  const live = async () => (await desk.manager("GET", "/v1/staff/limits")).body;

  test("are for managers alone", async () => {
    for (const [method, path] of [
      ["GET", "limits"],
      ["POST", "limits/preview"],
      ["PUT", "limits"],
    ] as const) {
      const { status, body } = await desk.agent(
        method,
        `/v1/staff/${path}`,
        method === "GET" ? undefined : {},
      );
      expect([path, status, body.about?.needs]).toEqual([path, 403, "manager"]);
    }
  });

  test("that do not hold are told by file and line, and change nothing", async () => {
    const before = await live();
    expect(before.live).toBe(readFileSync(limitsFile, "utf8"));
    const lines = before.live.split("\n");
    const at = lines.findIndex((line: string) => line.startsWith("conceal_bp:")) + 1;
    const text = lines.with(at - 1, "conceal_bp: lots").join("\n");
    const { body } = await desk.manager("POST", "/v1/staff/limits/preview", { text });
    expect(body).toEqual({
      problems: [{ file: "limits.yaml", line: at, problem: expect.stringContaining("conceal_bp") }],
      ...{ warnings: [], comparison: null },
    });
    const broken = await desk.manager("POST", "/v1/staff/limits/preview", { text: "rules: [" });
    expect(broken.body.problems).toMatchObject([{ file: "limits.yaml", line: 1 }]);
    const saved = await desk.manager("PUT", "/v1/staff/limits", { text, digest: before.digest });
    expect([saved.status, saved.body.code]).toEqual([422, "bad_frame"]);
    expect(saved.body.detail).toContain(`limits.yaml:${at}: conceal_bp`);
    expect(await live()).toEqual(before);
  });

  test("are compared with the live ones on the same visitors, one comparison at a time", async () => {
    const { live: text } = await live();
    const dearer = text
      .replace(/^version: .*$/m, "version: dearer")
      .replaceAll("floor_bp: 8600", "floor_bp: 8900");
    const asked = { text: dearer, visitors: 60 };
    const [first, second] = await Promise.all([
      desk.manager("POST", "/v1/staff/limits/preview", asked),
      desk.manager("POST", "/v1/staff/limits/preview", asked),
    ]);
    expect([first.status, second.status].toSorted()).toEqual([200, 429]);
    const { problems, comparison } = (first.status === 200 ? first : second).body;
    expect(problems).toEqual([]);
    expect(comparison?.report).toMatchObject({ policy: "dearer", against: "demo-1", visitors: 60 });
    const { replayed } = z
      .object({ replayed: z.object({ identical: z.int(), sessions: z.int() }) })
      .parse(comparison?.report);
    expect(replayed.identical).toBe(replayed.sessions);
    expect(comparison?.text).toContain("policy dearer against demo-1, 60 simulated visitors");
    const unsold = await desk.manager("POST", "/v1/staff/limits/preview", { ...asked, currency: "CHF" });
    expect(unsold.body.detail).toContain("does not sell in CHF");
  });

  test("that are saved hold for whoever comes next, and who changed them from what to what is written down", async () => {
    const before = await live();
    const text = before.live.replace(/^approval_above: .*$/m, "approval_above: { USD: 100, KRW: 100 }");
    const { status, body } = await desk.manager("PUT", "/v1/staff/limits", { text, digest: before.digest });
    expect([status, body.digest === before.digest]).toEqual([200, false]);
    expect(readFileSync(limitsFile, "utf8")).toBe(text);
    const bargain = await desk.talk({ channel: "agent", kind: "machine" }, wish("DK-11C"));
    const [offer] = bargain.replies[0]?.move.offers ?? [];
    const accepted = await bargain.say({
      act: "accept",
      offer: offer?.id,
      hash: offer?.hash,
      details: DETAILS,
    });
    expect(accepted?.move.act).toBe("approval_pending");
    const after = await live();
    expect(after).toMatchObject({
      ...{ live: text, digest: body.digest },
      changes: [{ by: "operator", before: before.digest, after: body.digest }],
    });

    const late = await desk.manager("PUT", "/v1/staff/limits", { text: before.live, digest: before.digest });
    expect([late.status, late.body.code]).toEqual([409, "edit_conflict"]);
    expect(readFileSync(limitsFile, "utf8")).toBe(text);
    const back = await desk.manager("PUT", "/v1/staff/limits", { text: before.live, digest: body.digest });
    expect(back.body.digest).toBe(before.digest);
  });
});

describe("the lab", () => {
  const overview = async () => (await desk.viewer("GET", "/v1/staff/lab")).body;

  test("lists fixtures with what came of them last, and prompts", async () => {
    const { fixtures, problems, prompts } = await overview();
    expect(fixtures.map(({ id, last }) => [id, last])).toEqual([
      [TAPED, null],
      [ALONE, null],
    ]);
    expect(problems).toEqual([]);
    expect(prompts.map(({ name }) => name)).toEqual(["read", "research", "word"]);
    const { body } = await desk.agent("POST", "/v1/staff/lab/run", {});
    expect(body.counts).toEqual({ pass: 2, fail: 0, stale: 0, error: 0, flipped: 0 });
    expect((await overview()).fixtures[0]?.last).toMatchObject({ verdict: "pass", by: "Ada" });
    expect((await desk.agent("POST", "/v1/staff/lab/run", { fixture: "nothing" })).body.code).toBe(
      "not_found",
    );
  });

  test("an edited prompt is played beside the live one: what its tape does not answer is stale, never green", async () => {
    const word = there((await overview()).prompts.find(({ name }) => name === "word"));
    const prompt = { name: "word", text: `${word.text}\nBe brief.\n` };
    const { body } = await desk.agent("POST", "/v1/staff/lab/run", { prompt });
    expect(body.counts).toEqual({ pass: 1, fail: 0, stale: 1, error: 0, flipped: 0 });
    expect(body.outcomes[0]).toMatchObject({ fixture: TAPED, verdict: "stale", before: { verdict: "pass" } });
    expect(body.outcomes[0]?.turns.some(({ unknown }) => unknown)).toBe(true);
    expect(body.outcomes[1]).toMatchObject({ fixture: ALONE, verdict: "pass", before: { verdict: "pass" } });
    expect(readFileSync(promptFile, "utf8")).toBe(word.text);
    // A trial says nothing of how the fixtures stand.
    expect((await overview()).fixtures[0]?.last?.verdict).toBe("pass");
  });

  test("a prompt is saved by a manager, from the text that stands, and only one that can be used", async () => {
    const word = there((await overview()).prompts.find(({ name }) => name === "word"));
    const text = `${word.text}\nBe brief.\n`;
    const edit = { text, digest: word.digest };
    expect((await desk.agent("PUT", "/v1/staff/lab/prompts/word", edit)).status).toBe(403);
    const broken = await desk.manager("PUT", "/v1/staff/lab/prompts/word", { ...edit, text: "nothing" });
    expect([broken.status, broken.body.detail]).toEqual([422, expect.stringMatching(/^word\.md:\d+: /)]);
    expect((await desk.manager("PUT", "/v1/staff/lab/prompts/sing", edit)).status).not.toBe(200);
    const elsewhere = await desk.manager("PUT", "/v1/staff/lab/prompts/..%2F..%2Fword", edit);
    expect(elsewhere.body.code).toBe("not_found");
    expect(readFileSync(promptFile, "utf8")).toBe(word.text);
    expect((await desk.manager("PUT", "/v1/staff/lab/prompts/word", edit)).status).toBe(200);
    expect(readFileSync(promptFile, "utf8")).toBe(text);
    const late = await desk.manager("PUT", "/v1/staff/lab/prompts/word", edit);
    expect(late.body.code).toBe("edit_conflict");
  });

  test("a conversation becomes a fixture without anybody's personal data, and plays as it went", async () => {
    const { session } = await desk.talk(
      {},
      "How heavy is the NB-14A-BLK?",
      { act: "inform", details: { payer: { name: "Dana Whitfield", email: "dana@shop.example" } } },
      wish("DK-11C"),
    );
    const { status, body } = await desk.agent("POST", "/v1/staff/lab/promote", { session, id: "a-dock" });
    expect([status, body.id, body.verdict, body.tape, body.notes]).toEqual([200, "a-dock", "pass", null, []]);
    expect(body.fixture).toMatch(/^id: a-dock$/m);
    expect(body.fixture).not.toMatch(/dana|whitfield|shop\.example/i);
    expect(body.masked).toBeGreaterThan(0);
    const nobody = await desk.agent("POST", "/v1/staff/lab/promote", { session: "ses_nobody" });
    expect(nobody.body.code).toBe("unknown_session");
  });
});
