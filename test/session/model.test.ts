import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { ServerFrame } from "../../src/protocol/frames.ts";
import { type OpenGateway, openGateway, Peer } from "../harness.ts";
import type { Asked, Step } from "../wire/script.ts";
import { startWire, type Wire } from "../wire/server.ts";
import { tokensOf, wish } from "./buying.ts";

const WISH = "I'd like to buy two Gadan Aero Mesh chairs in black.";

let wire: Wire;
let gateway: OpenGateway;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "parley-model-"));
  cpSync(resolve(import.meta.dirname, "../../prompts"), join(folder, "prompts"), { recursive: true });
  wire = await startWire(truthful);
  gateway = await openGateway({
    PARLEY_MODEL: `openai-chat:wire@${wire.url}`,
    PARLEY_MODEL_KEY: "sk-canary-of-this-test-0815",
    PARLEY_MODEL_PRICE: "0.25/2",
    PARLEY_PROMPTS: join(folder, "prompts"),
  });
});
afterAll(async () => {
  await gateway?.stop();
  gateway?.remove();
  await wire?.close();
  rmSync(folder, { recursive: true, force: true });
});
afterEach(() => wire.script(truthful));

/** Says what the house would say, in another order of words. */
function truthful({ schema, user }: Asked): Step {
  if (schema?.name !== "word") return { answer: schema?.name === "read" ? NOTHING_READ : { look_ups: [] } };
  const house = /<data name="house">(.*?)<\/data>/s.exec(user)?.[1];
  const text = house ? (JSON.parse(house) as string) : "";
  return { answer: { text: `Of course. ${text}`, speech: "" }, piece: 24 };
}

const NOTHING_READ = { lang: "en", acts: [], unclear: "everything" };

async function person(channel: "chat" | "voice" = "chat"): Promise<Peer> {
  const hello = { lang: "en", currency: "USD", channel, kind: "person", stream: true };
  const peer = await Peer.open(gateway.ws, hello);
  await peer.next("welcome");
  return peer;
}

async function words(peer: Peer) {
  const frame = await peer.until((each) => each.type === "event" && each.event.kind === "words", "words");
  if (frame.type !== "event" || frame.event.kind !== "words") throw new Error("unreachable");
  return frame.event;
}

function said(peer: Peer): string {
  return peer.frames.map((frame) => (frame.type === "delta" ? frame.text : "")).join("");
}

describe("with a model", () => {
  it("free words are answered in the model's, sentence by sentence after the typed reply; staff see what was asked", async () => {
    const peer = await person();
    const { session } = peer.frames.find((frame) => frame.type === "welcome") ?? { session: "" };
    const { reply } = await peer.say({ id: "m1", text: WISH });
    expect(reply?.words).toBeUndefined();
    expect(reply?.move.offers[0]?.totals.total).toBe(70_406);
    const done = await words(peer);
    expect(done.words.text).toMatch(/^Of course\. /);
    expect(done.words.text).toContain("$704.06");
    expect(said(peer)).toBe(done.words.text);

    const observer = await Peer.open(gateway.ws, { role: "observer", session, key: tokensOf(gateway).staff });
    const frame = await observer.until((each) => (each.type as string) === "staff_call", "staff_call");
    expect(frame).toMatchObject({
      concerns: 2,
      call: {
        prompt: "word",
        model: expect.stringContaining("openai-chat:wire"),
        outcome: "answered",
        requests: 1,
      },
    });
    const { call } = frame as unknown as { call: { hash: string; tokens: object; micro_usd: number } };
    expect(call.hash).toMatch(/^[0-9a-f]{16}$/);
    expect(call.micro_usd).toBeGreaterThan(0);
    observer.close();
    peer.close();
  });

  it("typed acts ask no model anything", async () => {
    const peer = await person();
    const before = wire.requests.length;
    const { reply } = await peer.say({ id: "m1", act: wish("CH-AM-BLK", 2) });
    expect(reply?.move.act).toBe("offer");
    expect((await words(peer)).words.text).toContain("$704.06");
    expect(wire.requests.length).toBe(before);
    peer.close();
  });

  it("a cut ends the request at the model, and what was said before it stays said", async () => {
    wire.script(({ schema, user }) =>
      schema?.name === "word"
        ? { ...truthful({ schema, user } as Asked), every_ms: 150 }
        : { answer: { look_ups: [] } },
    );
    const peer = await person();
    await peer.say({ id: "m1", text: WISH });
    await peer.next("delta");
    const request = wire.requests.at(-1);
    peer.send({ type: "cancel", id: "c1", heard: 5 });
    const done = await words(peer);
    expect(done.interrupted).toBe(true);
    expect(done.words.text).toBe(said(peer).slice(0, 5));
    expect(await request?.ended).toBe("aborted");
    peer.close();
  });

  it("a counterpart that goes ends the request too, and finds the house's words when it comes back", async () => {
    wire.script([{ stall: "request" }]);
    const peer = await person();
    const welcome = await welcomeOf(peer);
    const before = wire.requests.length;
    await peer.say({ id: "m1", text: WISH });
    const request = wire.requests[before] ?? (await wire.next());
    peer.close();
    expect(await request.ended).toBe("aborted");
    const { session, secret, epoch } = welcome;
    const back = await Peer.open(gateway.ws, { resume: { session, secret, epoch, seq: 1 } });
    expect((await words(back)).words.text).toContain("$704.06");
    back.close();
  });

  it("on a voice channel silence is filled, and past the budget the house answers", async () => {
    wire.script([{ stall: "request" }]);
    const peer = await person("voice");
    await peer.say({ id: "m1", text: WISH });
    const filler = await peer.next("filler");
    expect(filler.id).toBe("m1");
    expect(filler.speech).not.toBe("");
    expect((await words(peer)).words.speech).toContain("seven hundred");
    peer.close();
  });

  it("a lie is not sent: the model is told once, then the house speaks", async () => {
    const lie = { text: "Both chairs are yours for $500 all in. Shall we?", speech: "Five hundred dollars." };
    wire.script(({ schema }) => ({ answer: schema?.name === "word" ? lie : { look_ups: [] } }));
    const before = wire.requests.length;
    const peer = await person();
    await peer.say({ id: "m1", text: WISH });
    const done = await words(peer);
    expect(done.words.text).not.toContain("500");
    expect(done.words.text).toContain("$704.06");
    expect(wire.requests.length - before).toBe(2);
    expect(JSON.stringify(wire.requests.at(-1)?.body)).toMatch(/500/);
    expect(JSON.stringify(peer.frames)).not.toContain("$500");
    peer.close();
  });

  it("an edited prompt counts for the next question; a broken one does not, and its line is in the log", async () => {
    const file = join(folder, "prompts/word.md");
    const good = readFileSync(file, "utf8");
    writeFileSync(file, good.replace("# System", "# System\n\nMark of this test: 4242."));
    await expect
      .poll(
        async () => {
          const peer = await person();
          await peer.say({ id: "m1", text: WISH });
          await words(peer);
          peer.close();
          return JSON.stringify(wire.requests.at(-1)?.body).includes("Mark of this test: 4242.");
        },
        { timeout: 60_000, interval: 100 },
      )
      .toBe(true);
    writeFileSync(file, good.replace("{{ brief }}", "{{ brief }} {{ no_such_input }}"));
    await expect.poll(() => gateway.output()).toMatch(/word\.md:\d+: .*no_such_input/);
    const peer = await person();
    await peer.say({ id: "m1", text: WISH });
    expect((await words(peer)).words.text).toMatch(/^Of course\. /);
    peer.close();
    writeFileSync(file, good);
  });

  it("every one of these conversations comes out byte-identical when it is decided again", async () => {
    const main = resolve(import.meta.dirname, "../../src/app/main.ts");
    const run = promisify(execFile)(process.execPath, [main, "replay", "all"], {
      env: { ...process.env, PARLEY_HOME: gateway.home },
    });
    const { stdout } = await run.catch((failed: { stdout: string }) => failed);
    const verdicts = stdout.trim().split("\n").slice(0, -1);
    expect(verdicts.length).toBeGreaterThanOrEqual(8);
    expect(verdicts.filter((line) => !line.endsWith(": identical"))).toEqual([]);
  });
});

async function welcomeOf(peer: Peer): Promise<Extract<ServerFrame, { type: "welcome" }>> {
  const welcome = peer.frames.find((frame) => frame.type === "welcome");
  if (welcome?.type !== "welcome") throw new Error("no welcome");
  return welcome;
}
