import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { EventFrame, ServerFrame, Welcome } from "../../src/protocol/frames.ts";
import { Peer, type RunningGateway, startGateway } from "../harness.ts";
import { newId, offered, taking, wish } from "./buying.ts";

/** The one that runs: some tests end it, and start another in its home or in one restored. */
let gateway: RunningGateway;
const folders: string[] = [];
const env = { PARLEY_MESSAGES_PER_MINUTE: "600000", PARLEY_DRAIN_SPREAD_MS: "0" };

beforeAll(async () => {
  gateway = await startGateway(env);
});
afterAll(async () => {
  await gateway.stop();
  gateway.remove();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

type Told = Pick<Welcome, "session" | "epoch"> & { secret?: string | undefined };

function back(url: string, { session, secret, epoch }: Told, seq: number, more: object = {}): Promise<Peer> {
  return Peer.open(url, { ...more, resume: { session, secret, epoch, seq } });
}

function eventsOf(frames: readonly ServerFrame[]): EventFrame[] {
  return frames.flatMap((frame) => (frame.type === "event" ? [frame] : []));
}

/** Resumes from `seq` and gives every frame up to the end of the log as the welcome tells it. */
async function readBack(url: string, told: Told, seq: number): Promise<ServerFrame[]> {
  const peer = await back(url, told, seq);
  const welcome = await peer.next("welcome");
  if (welcome.seq > (welcome.resumed ? seq : 0)) {
    await peer.until((frame) => frame.type === "event" && frame.seq === welcome.seq, "the end of the log");
  }
  peer.close();
  return peer.frames;
}

function counted(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}

describe("coming back to a session", () => {
  it("gives each missed event exactly once and in order, wherever the connection was cut", async () => {
    const owner = await Peer.open(gateway.ws);
    const told = await owner.next("welcome");
    const total = 40;
    let peer = owner;
    let have = 1;
    let cuts = 0;
    const log: EventFrame[] = [];
    /** What this connection brought, acks standing for the events they name. */
    const take = (frames: readonly ServerFrame[]) => {
      for (const frame of frames) {
        if (frame.type !== "event" && frame.type !== "ack") continue;
        if (frame.type === "ack" && frame.duplicate) continue;
        expect(frame.seq).toBe(have + 1);
        have = frame.seq;
        if (frame.type === "event") log.push(frame);
      }
    };
    // Cuts come after a number of frames, not of milliseconds: 0 is a cut before anything was answered.
    for (let i = 0; have < 1 + 2 * total; i++) {
      // Some of them again: they are acknowledged once more and stored once.
      const from = Math.max(0, Math.floor((have - 1) / 2) - 3);
      for (let n = from; n < total; n++) peer.send({ type: "say", id: `r${n}`, act: wish("HS-B1", n + 1) });
      const after = (i * 7) % 13;
      // Refusals do not count: while the disk is slow a full queue answers nothing else, and no cut would bring more.
      const answers = () => peer.frames.filter(({ type }) => type === "event" || type === "ack").length;
      const enough = answers() + after;
      await peer.until(() => answers() >= enough, "some frames", 500).catch(() => null);
      peer.socket.terminate();
      await peer.closed;
      take(peer.frames);
      peer = await back(gateway.ws, told, have);
      await peer.next("welcome");
      cuts += 1;
      if (cuts > 200) throw new Error("the log does not grow");
    }
    peer.close();
    const whole = eventsOf(await readBack(gateway.ws, told, 0));
    expect(whole.map(({ seq }) => seq)).toEqual(counted(1, 1 + 2 * total));
    const messages = whole.flatMap(({ event }) => (event.kind === "message" ? [event.message.id] : []));
    expect(new Set(messages).size).toBe(total);
    for (const frame of log) expect(whole[frame.seq - 1]).toEqual(frame);
  });

  it("beyond the end of the log is answered by the whole log, and says why", async () => {
    const owner = await Peer.open(gateway.ws);
    const told = await owner.next("welcome");
    await owner.say({ id: "a", act: { act: "greet" } });
    const frames = await readBack(gateway.ws, told, 4);
    const { session, epoch } = told;
    expect(frames.slice(0, 2)).toMatchObject([
      { type: "resume_failed", reason: "seq_unknown", session, epoch, seq: 3 },
      { type: "welcome", session, resumed: false, seq: 3 },
    ]);
    expect(eventsOf(frames).map(({ seq }) => seq)).toEqual([1, 2, 3]);
    owner.close();
  });

  it("brings a log far larger than what a slow reader may owe", async () => {
    const owner = await Peer.open(gateway.ws);
    const told = await owner.next("welcome");
    const items = ["HS-B1", "CH-TS", "CH-PC"].map((sku) => ({ sku }));
    for (let i = 0; i < 320; i += 10) {
      for (let n = i; n < i + 10; n++)
        owner.send({ type: "say", id: `b${n}`, act: { act: "compare", items } });
      await owner.until((frame) => frame.type === "event" && frame.seq === 2 * i + 21, `reply ${i + 9}`);
    }
    const tab = await back(gateway.ws, told, 0);
    // Said while the log is still being read: it must come once, after all of it.
    owner.send({ type: "say", id: "live", act: { act: "thank" } });
    await tab.until((frame) => frame.type === "event" && frame.seq === 643, "the last event");
    expect(eventsOf(tab.frames).map(({ seq }) => seq)).toEqual(counted(1, 643));
    for (const peer of [tab, owner]) peer.close();
  });

  it("works for everybody at once after a restart, and leads all into one session", async () => {
    const owner = await Peer.open(gateway.ws);
    const told = await owner.next("welcome");
    await owner.say({ id: "a", act: wish("CH-TS", 2) });
    await gateway.stop();
    gateway = await startGateway({ ...env, PARLEY_HOME: gateway.home });
    const tabs = await Promise.all(counted(1, 8).map(() => back(gateway.ws, told, 1)));
    for (const tab of tabs)
      expect(await tab.next("welcome")).toMatchObject({ resumed: true, epoch: told.epoch, seq: 3 });
    for (const tab of tabs) await tab.until((f) => f.type === "event" && f.seq === 3, "what was missed");
    for (const [i, tab] of tabs.entries()) {
      const { reply, fault } = await tab.say({ id: `from ${i}`, act: { act: "greet" } });
      expect([fault, reply?.move.act]).toEqual([null, "greet"]);
    }
    for (const tab of tabs) {
      await tab.until((frame) => "seq" in frame && frame.seq === 19, "the last reply").catch(() => null);
      const seqs = tab.frames.flatMap((f) => (f.type === "event" || f.type === "ack" ? [f.seq] : []));
      expect(seqs).toEqual(counted(2, 19));
      tab.close();
    }
  });

  it("to a backup that was restored tells that history was lost, and gives what there is", async () => {
    const original = gateway;
    const owner = await Peer.open(original.ws);
    const told = await owner.next("welcome");
    await owner.say({ id: "kept", act: { act: "greet" } });
    const folder = mkdtempSync(join(tmpdir(), "parley-backup-"));
    command(original.home, "backup", join(folder, "copy"));
    const { seq } = await owner.say({ id: "lost", act: { act: "help" } });
    await original.kill();
    const home = join(folder, "home");
    command(home, "restore", join(folder, "copy"));
    gateway = await startGateway({ ...env, PARLEY_HOME: home });
    const frames = await readBack(gateway.ws, told, seq);
    const [failed, welcome] = frames;
    expect(failed).toMatchObject({ type: "resume_failed", reason: "epoch_changed", seq: 3 });
    expect(welcome).toMatchObject({ type: "welcome", session: told.session, resumed: false, seq: 3 });
    const epoch = welcome?.type === "welcome" ? welcome.epoch : "";
    expect(epoch).not.toBe(told.epoch);
    expect(eventsOf(frames).map((frame) => frame.seq)).toEqual([1, 2, 3]);
    const again = await back(gateway.ws, { ...told, epoch }, 3);
    expect((await again.next("welcome")).resumed).toBe(true);
    expect((await again.say({ id: "lost", act: { act: "help" } })).seq).toBe(5);
    again.close();
    original.remove();
    folders.push(folder);
  });
});

function command(home: string, ...args: string[]): void {
  const main = resolve(import.meta.dirname, "../../src/app/main.ts");
  execFileSync(process.execPath, [main, ...args], { env: { ...process.env, PARLEY_HOME: home } });
}

describe("an id", () => {
  it("stands for one message on every connection and over restarts", async () => {
    const owner = await Peer.open(gateway.ws);
    const told = await owner.next("welcome");
    const message = { id: "once", act: wish("HS-B1", 3) };
    await owner.say(message);
    const duplicate = { type: "ack", id: "once", seq: 2, duplicate: true };
    owner.send({ type: "say", ...message });
    expect(await owner.until((f) => f.type === "ack" && f.duplicate === true, "ack")).toEqual(duplicate);
    const tab = await back(gateway.ws, told, 3);
    tab.send({ type: "say", ...message });
    expect(await tab.next("ack")).toEqual(duplicate);
    await gateway.kill();
    gateway = await startGateway({ ...env, PARLEY_HOME: gateway.home });
    const later = await back(gateway.ws, told, 3);
    later.send({ type: "say", act: { ...message.act }, id: "once" });
    expect(await later.next("ack")).toEqual(duplicate);
    later.send({ type: "say", id: "once", act: wish("HS-B1", 4) });
    expect(await later.next("fault")).toMatchObject({ id: "once", code: "id_reused", retry: false });
    expect((await readBack(gateway.ws, told, 0)).at(-1)).toMatchObject({ seq: 3 });
    later.close();
  });

  it("is taken once when many connections send it at once", async () => {
    const owner = await Peer.open(gateway.ws);
    const told = await owner.next("welcome");
    const tabs = [owner, ...(await Promise.all(counted(1, 5).map(() => back(gateway.ws, told, 1))))];
    await Promise.all(tabs.slice(1).map((tab) => tab.next("welcome")));
    for (const tab of tabs) tab.send({ type: "say", id: "race", act: { act: "greet" } });
    const acks = await Promise.all(tabs.map((tab) => tab.next("ack")));
    expect(acks.map(({ seq }) => seq)).toEqual(tabs.map(() => 2));
    expect(acks.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
    for (const tab of tabs) tab.close();
  });

  it("of a message that was refused may be used again", async () => {
    const peer = await Peer.open(gateway.ws);
    await peer.next("welcome");
    const wrong = await peer.say({ id: "again", act: { act: "accept", offer: "of_none", hash: "x" } });
    expect(wrong.fault?.code).toBe("unknown_offer");
    expect((await peer.say({ id: "again", act: { act: "greet" } })).seq).toBe(3);
    peer.close();
  });
});

describe("words that stream", () => {
  const question = "Tell me about the Aero Mesh Chair, please. What is it made of?";

  it("come in pieces that join to the words of the event that ends them", async () => {
    const peer = await Peer.open(gateway.ws, { stream: true, channel: "chat" });
    await peer.next("welcome");
    const { reply, seq } = await peer.say({ id: "q", act: wish("CH-AM-BLK", 2) });
    expect(reply?.words).toBeUndefined();
    const end = await peer.next("event");
    if (end.event.kind !== "words") throw new Error(`no words: ${JSON.stringify(end)}`);
    expect(end).toMatchObject({ seq: seq + 1, event: { of: seq, interrupted: false } });
    const deltas = peer.frames.flatMap((frame) => (frame.type === "delta" ? [frame] : []));
    expect(deltas.map(({ n }) => n)).toEqual(deltas.map((_, i) => i));
    expect(deltas.map(({ re }) => re)).toEqual(deltas.map(() => seq - 1));
    expect(deltas.map(({ text }) => text).join("")).toBe(end.event.words.text);
    expect(deltas.length).toBeGreaterThan(1);
    peer.close();
  });

  it("may be cut off at any moment: on their way they end, at their end that is noted", async () => {
    const peer = await Peer.open(gateway.ws, { stream: true, channel: "chat" });
    await peer.next("welcome");
    peer.send({ type: "say", id: "q", act: wish("CH-AM-BLK", 2) });
    await peer.next("delta");
    peer.send({ type: "cancel", id: "c", heard: 12 });
    const end = await peer.until((f) => f.type === "event" && f.event.kind === "words", "words");
    if (end.type !== "event" || end.event.kind !== "words") throw new Error("unreachable");
    if (end.event.interrupted) expect(end.event.words.text.length).toBe(12);
    else await peer.until((f) => f.type === "event" && f.event.kind === "interrupted", "interrupted");
    peer.close();
  });

  it("that were all said may still be told to have been cut off; that is an event of its own", async () => {
    const peer = await Peer.open(gateway.ws);
    await peer.next("welcome");
    const offer = await offered(peer, "CH-AM-BLK", 2);
    peer.send({ type: "cancel", id: "c", heard: 5 });
    expect(await peer.next("event")).toMatchObject({
      seq: 4,
      event: { kind: "interrupted", of: 3, heard: 5 },
    });
    const typed = await peer.say({ id: newId(), act: taking(offer) });
    expect(typed.reply?.move).toMatchObject({ act: "readback", readback: { offer: offer.id }, intents: [] });
    const yes = await peer.say({ id: newId(), act: { act: "confirm", offer: offer.id, hash: offer.hash } });
    expect(yes.reply?.move.act).toBe("accepted");
    peer.close();
  });

  it("can be cut off only where there was a reply", async () => {
    const peer = await Peer.open(gateway.ws);
    await peer.next("welcome");
    await peer.say({ id: "q", text: question });
    for (const of of [0, 1, 2, 4, 99]) {
      peer.send({ type: "cancel", id: `c${of}`, of, heard: 1 });
      expect(await peer.next("fault")).toMatchObject({ id: `c${of}`, code: "not_found" });
    }
    expect((await peer.say({ id: "on", act: { act: "thank" } })).seq).toBe(5);
    peer.close();
  });
});
