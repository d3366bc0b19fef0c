import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listStaff } from "../../src/adapters/identity/staff-list.ts";
import type { ServerFrame } from "../../src/protocol/frames.ts";
import type { InboxPage } from "../../src/protocol/staff.ts";
import { NATS, natsIsThere } from "../adapters/nats/server.ts";
import { isThere, postgresDatabase } from "../adapters/postgres/knowledge.ts";
import { Peer, type RunningGateway, startGateway } from "../harness.ts";
import { get, post } from "../transport/http-client.ts";
import type { Asked, Step } from "../wire/script.ts";
import { startWire, type Wire } from "../wire/server.ts";
import { newId } from "./buying.ts";

/** Says what the house would say, a few characters at a time; falls silent in the middle, where it is told to. */
function said({ schema, user }: Asked, stall?: number): Step {
  if (schema?.name !== "word") return { answer: { look_ups: [] } };
  const house = /<data name="house">(.*?)<\/data>/s.exec(user)?.[1];
  return {
    answer: { text: house ? JSON.parse(house) : "", speech: "" },
    piece: 20,
    ...(stall ? { stall } : {}),
  };
}

interface Setup {
  readonly env: Readonly<Record<string, string>>;
  remove(): Promise<void>;
}

/** `told`: gateways hear of each other at once. */
function suite(name: string, told: boolean, setUp: () => Promise<Setup>): void {
  describe(`staff at two gateways ${name}`, () => {
    const home = mkdtempSync(join(tmpdir(), "parley-staff-nodes-"));
    const nodes: RunningGateway[] = [];
    let wire: Wire;
    let setup: Setup;
    let start: () => Promise<RunningGateway>;
    let token: string;
    beforeAll(async () => {
      [wire, setup] = await Promise.all([startWire((asked) => said(asked)), setUp()]);
      token = listStaff(join(home, "staff.json"), "Mina 김", "agent");
      start = async () => {
        const node = await startGateway({
          PARLEY_HOME: home,
          PARLEY_MODEL: `openai-chat:wire@${wire.url}`,
          PARLEY_MODEL_KEY: "sk-canary-of-this-test-0818",
          PARLEY_STAFF_LEASE_SECONDS: "4",
          PARLEY_DRAIN_SPREAD_MS: "100",
          ...setup.env,
        });
        nodes.push(node);
        return node;
      };
      await start();
      await start();
    });
    afterAll(async () => {
      await Promise.all(nodes.filter(({ process }) => process.exitCode === null).map((node) => node.stop()));
      await wire.close();
      await setup.remove();
      rmSync(home, { recursive: true, force: true });
    });

    const at = (n: number) => nodes[n] as RunningGateway;
    const does = (n: number, session: string, what: string, body: object = {}) =>
      post<{ lease: number; seq: number; code: string }>(
        `${at(n).url}/v1/staff/sessions/${session}/${what}`,
        body,
        {
          authorization: `Bearer ${token}`,
        },
      );
    const person = async (n: number) => {
      const peer = await Peer.open(at(n).ws, { kind: "person", channel: "chat", stream: true });
      return { peer, session: (await peer.next("welcome")).session };
    };
    const handedTo = (to: string) => (frame: ServerFrame) =>
      frame.type === "event" && frame.event.kind === "handoff" && frame.event.to === to;

    test("silence the agent that speaks at the other, and are heard there", async () => {
      wire.script((asked) => said(asked, 5));
      const { peer, session } = await person(0);
      peer.send({ type: "say", id: newId(), text: "hello there" });
      await peer.next("delta");
      const { body } = await does(1, session, "take");
      await peer.until(handedTo("person"), "the handoff");
      await does(0, session, "renew", { lease: body.lease });
      await does(1, session, "say", { lease: body.lease, id: newId(), text: "안녕하세요" });
      await peer.until((frame) => frame.type === "event" && frame.event.kind === "said", "what was said");
      peer.send({ type: "say", id: newId(), text: "hello Mina" });
      await peer.next("ack");
      const from = peer.frames.findIndex(handedTo("person"));
      const after = peer.frames
        .slice(from + 1)
        .map((frame) => (frame.type === "event" ? frame.event.kind : frame.type));
      expect(after).toEqual(["said", "ack"]);
      const heard = peer.frames.map((frame) => (frame.type === "delta" ? frame.text : "")).join("");
      const words = peer.frames.flatMap((frame) =>
        frame.type === "event" && frame.event.kind === "words" ? [frame.event] : [],
      );
      expect(words).toHaveLength(1);
      expect(words[0]?.interrupted).toBe(true);
      expect(heard.startsWith(words[0]?.words.text ?? "-")).toBe(true);
      // What was said stands in the log where the one that said it could be told in time; else that it is not known.
      const cut = words[0]?.words.text === "" ? "not known" : "as heard";
      expect([cut, words[0]?.lost === true]).toEqual(told ? ["as heard", false] : ["not known", true]);
      const inbox = await get<InboxPage>(`${at(0).url}/v1/staff/inbox?q=${session}`, {
        authorization: `Bearer ${token}`,
      });
      expect(inbox.body.rows).toMatchObject([
        { state: "with_person", operator: "Mina 김", last: { text: "hello Mina" } },
      ]);
      await does(0, session, "hand-back", { lease: body.lease });
      peer.close();
    });

    test("leave: who waits for one of them at the other is told so, once, and when somebody is back", async () => {
      wire.script((asked) => said(asked));
      const leave = new AbortController();
      const live = await fetch(`${at(1).url}/v1/staff/inbox/live`, {
        headers: { authorization: `Bearer ${token}` },
        signal: leave.signal,
      });
      await live.body?.getReader().read();
      let peer = (await person(0)).peer;
      // That somebody is there reaches the store in its own time.
      const stands = async () => {
        peer.close();
        peer = (await person(0)).peer;
        return (await peer.say({ id: newId(), text: "can I talk to someone" })).reply?.move.handoff;
      };
      await expect.poll(stands).toBe("waiting");
      leave.abort();
      const told = await peer.until(handedTo("callback"), "that nobody is there");
      expect(told).toMatchObject({
        event: { why: "nobody_there", by: "gateway", staffed: { at: expect.stringMatching(/^20/) } },
      });
      const { reply } = await peer.say({ id: newId(), text: "call me on +1 415 555 0134" });
      expect(reply?.move).toMatchObject({ act: "handoff", reasons: ["contact_left"] });
      expect(peer.frames.filter(handedTo("callback"))).toHaveLength(1);
      peer.close();
    });

    test("are missed when theirs dies: the other one tells the customer, and the agent answers", async () => {
      wire.script((asked) => said(asked));
      const { peer, session } = await person(0);
      await does(1, session, "take");
      await peer.until(handedTo("person"), "the handoff");
      await at(1).kill();
      const told = await peer.until(handedTo("agent"), "the end of the lease");
      expect(told).toMatchObject({ event: { why: "lease_ended", name: "Mina 김" } });
      const { reply } = await peer.say({ id: newId(), text: "are you there?" });
      expect(reply).not.toBeNull();
      peer.close();
    });
  });
}

suite("on one SQLite file, without a bus", false, async () => ({ env: {}, remove: async () => {} }));

if ((await isThere()) && (await natsIsThere()))
  suite("on PostgreSQL, with NATS", true, async () => {
    const { url, drop } = await postgresDatabase();
    return { env: { PARLEY_STORE: url, PARLEY_BUS: NATS }, remove: async () => drop() };
  });
