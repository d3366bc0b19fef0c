import { join } from "node:path";
import { listStaff } from "../src/adapters/identity/staff-list.ts";
import type { Asked, Step } from "../test/wire/script.ts";
import { startWire } from "../test/wire/server.ts";
import { type Served, startGateway, stockedVendor, temporary } from "./gateway.ts";
import { type Fell, type Judged, judged } from "./takeover-oracle.ts";
import { Race, type Shop } from "./takeover-race.ts";

const RACES = 1_000;
const OF_EACH = 10;
const AT_ONCE = 12;

/**
 * Races between somebody of the staff who takes a conversation over and the agent that is speaking in it: a real gateway,
 * real sockets, a model on the wire that streams. Now and then two of the staff want the same conversation, one of them at
 * another node. What the buyer's socket carried and what the log holds are judged apart from it (takeover-oracle.ts).
 */
export async function run([races = String(RACES)]: string[]): Promise<object> {
  const began = performance.now();
  const folder = temporary();
  stockedVendor(join(folder.path, "vendor"));
  const wire = await startWire(truthful);
  const env = {
    PARLEY_HOME: join(folder.path, "home"),
    PARLEY_VENDOR: join(folder.path, "vendor"),
    PARLEY_MESSAGES_PER_MINUTE: "10000000",
    PARLEY_MODEL: `openai-chat:wire@${wire.url}`,
    PARLEY_MODEL_KEY: "bench-key-0123456789",
  };
  const nodes: Served[] = [];
  try {
    for (let n = 0; n < 2; n++) nodes.push(await startGateway(env));
    const staff = ["Mina 김", "Jun"].map((name) => ({
      name,
      token: listStaff(join(env.PARLEY_HOME, "staff.json"), name, "agent"),
    }));
    const shop: Shop = { nodes: nodes.map(({ ws }) => ws), staff };
    const total = Math.ceil(Number(races) / OF_EACH);
    const all: (Judged & { readonly taken: number; readonly refused: number })[] = [];
    let next = 0;
    const worker = async () => {
      for (let n = next++; n < total; n = next++) {
        const lang = n % 2 === 0 ? "en" : "ko";
        const race = await Race.begin(shop, lang, n);
        for (let i = 0; i < OF_EACH; i++) await race.once();
        const { frames, log, took, refused } = await race.end();
        all.push({ ...judged(frames, log, lang, took), taken: took.size, refused });
        if (all.length % 20 === 0) process.stdout.write(`${all.length * OF_EACH} races\n`);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    return figures(all, (performance.now() - began) / 1_000);
  } finally {
    for (const node of nodes) await node.stop();
    await wire.close();
    folder.remove();
  }
}

function figures(all: readonly (Judged & { taken: number; refused: number })[], seconds: number): object {
  const sum = (of: (one: (typeof all)[number]) => number) => all.reduce((total, one) => total + of(one), 0);
  const fell = (where: Fell) => sum((one) => one.fell[where]);
  const result = {
    takeovers: sum(({ taken }) => taken),
    agent_words_after_takeover: sum((one) => one.agent_words_after_takeover),
    silent_handoffs: sum((one) => one.silent_handoffs),
    loops: sum((one) => one.loops),
    words_never_heard: sum((one) => one.words_never_heard),
    two_at_once: sum((one) => one.strangers),
    before_reply: fell("before_reply"),
    between_commits: fell("between_commits"),
    mid_stream: fell("mid_stream"),
    at_rest: fell("at_rest"),
    second_staff_refused: sum(({ refused }) => refused),
    seconds: Math.round(seconds),
  };
  const none = [
    "agent_words_after_takeover",
    "silent_handoffs",
    "loops",
    "words_never_heard",
    "two_at_once",
  ] as const;
  const some = ["before_reply", "between_commits", "mid_stream", "at_rest", "second_staff_refused"] as const;
  return {
    ...result,
    failures: [
      ...none.filter((name) => result[name] > 0).map((name) => `${name} is not 0`),
      ...some.filter((name) => result[name] < 20).map((name) => `${name} is too rare to say anything`),
    ],
  };
}

/** Says what the house would say, a few characters at a time. */
function truthful({ schema, user, n }: Asked): Step {
  if (schema?.name === "read")
    return { answer: { lang: "en", acts: [], unclear: "everything" }, first_ms: 5 + (n % 40) };
  if (schema?.name !== "word") return { answer: { look_ups: [] } };
  const house = /<data name="house">(.*?)<\/data>/s.exec(user)?.[1];
  const text = house ? (JSON.parse(house) as string) : "";
  return { answer: { text, speech: "" }, piece: 16, every_ms: 1 + (n % 8), first_ms: n % 30 };
}
