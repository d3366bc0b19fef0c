import { spawn } from "node:child_process";
import { join, resolve } from "node:path";
import OpenAI from "openai";
import { type Fixture, loadFixtures } from "../src/lab/fixture.ts";
import { type Served, startGateway, stockedVendor, temporary } from "./gateway.ts";
import { median, percentile, rounded, spread } from "./statistics.ts";
import { type Said, Talker } from "./talker.ts";

const ROUNDS = 5;
/** Conversations of one round of the overhead; of the whole set for the calls. */
const CONVERSATIONS = 24;
/** Conversations at once, and turns of each, with a model that takes two seconds. */
const SLOW = { conversations: 30, turns: 4 };

/** One turn: how long it took, what it asked of the model, and how long the bare client took for the same requests. */
interface Turn {
  readonly typed: boolean;
  readonly ms: number;
  readonly calls: number;
  readonly bare_ms: number;
}

/**
 * What a language model costs a turn beside the model itself: turns of the fixtures through the gateway, and right
 * after each the very same requests by the bare `openai` client. The model is a server on this machine that answers at
 * once, and for the first offers one that takes two seconds.
 */
export async function run(): Promise<object> {
  const folder = temporary();
  stockedVendor(join(folder.path, "vendor"));
  const wire = await startWireProcess();
  const gateway = await startGateway({
    PARLEY_HOME: join(folder.path, "home"),
    PARLEY_VENDOR: join(folder.path, "vendor"),
    PARLEY_MESSAGES_PER_MINUTE: "10000000",
    PARLEY_MODEL: `openai-chat:wire@${wire.url}`,
    PARLEY_MODEL_KEY: "bench-key-0123456789",
  });
  try {
    const { fixtures } = loadFixtures(resolve(import.meta.dirname, ".."));
    const chats = fixtures
      .map(({ fixture }) => fixture)
      .filter(
        (fixture) => fixture.channel === "chat" && fixture.turns.some((turn) => turn.say !== undefined),
      );
    const bare = new OpenAI({ apiKey: "bench-key-0123456789", baseURL: wire.url, maxRetries: 0 });
    await played(chats.slice(0, 8), gateway, wire.url, bare);

    const rounds: number[] = [];
    const bareRounds: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const some = chats.filter((_, i) => i % ROUNDS === round).slice(0, CONVERSATIONS);
      const turns = (await played(some, gateway, wire.url, bare)).filter((turn) => turn.calls > 0);
      rounds.push(median(turns.map((turn) => turn.ms - turn.bare_ms)));
      bareRounds.push(median(turns.map((turn) => turn.bare_ms)));
      process.stdout.write(
        `round ${round + 1}: ${turns.length} turns, added ${rounded(rounds.at(-1) ?? 0, 2)} ms over ${rounded(bareRounds.at(-1) ?? 0, 2)} ms bare\n`,
      );
    }
    const all = await played(
      fixtures.map(({ fixture }) => fixture),
      gateway,
      wire.url,
      null,
    );
    const free = all.filter((turn) => !turn.typed).map((turn) => turn.calls);
    const typed = all.filter((turn) => turn.typed).map((turn) => turn.calls);
    wire.slow();
    const slow = await slowly(gateway);
    const result = {
      overhead_ms_p50: rounded(median(rounds), 2),
      overhead_spread: spread(rounds, 2),
      bare_ms_p50: rounded(median(bareRounds), 2),
      calls_per_free_text_turn: {
        median: median(free),
        p90: percentile(free, 90),
        max: Math.max(...free),
        turns: free.length,
      },
      calls_per_typed_turn: { max: Math.max(0, ...typed), turns: typed.length },
      first_offer_ms_p50: rounded(percentile(slow.offers, 50)),
      first_offer_ms_p99: rounded(percentile(slow.offers, 99)),
      first_offers: slow.offers.length,
      words_ms_p50: rounded(percentile(slow.words, 50)),
    };
    return { ...result, failures: broken(result) };
  } finally {
    await gateway.stop();
    wire.stop();
    folder.remove();
  }
}

function broken(result: {
  readonly overhead_ms_p50: number;
  readonly calls_per_free_text_turn: { readonly median: number; readonly turns: number };
  readonly calls_per_typed_turn: { readonly max: number; readonly turns: number };
  readonly first_offer_ms_p99: number;
  readonly first_offers: number;
}): string[] {
  const failures: string[] = [];
  if (!(result.overhead_ms_p50 <= 4)) failures.push("overhead_ms_p50 is over 4");
  if (!(result.calls_per_free_text_turn.median <= 2)) failures.push("calls_per_free_text_turn is over 2");
  if (result.calls_per_free_text_turn.turns < 100) failures.push("too few turns to say anything");
  if (result.calls_per_typed_turn.max !== 0 || result.calls_per_typed_turn.turns === 0)
    failures.push("a typed turn asked a model, or there was none");
  if (!(result.first_offer_ms_p99 <= 20)) failures.push("first_offer_ms_p99 is over 20");
  if (result.first_offers < 50) failures.push("too few offers to say anything");
  return failures;
}

/** Plays the turns of fixtures one after another; with `bare`, every request again by the bare client. */
async function played(
  fixtures: readonly Fixture[],
  gateway: Served,
  wire: string,
  bare: OpenAI | null,
): Promise<Turn[]> {
  const turns: Turn[] = [];
  for (const fixture of fixtures) {
    const talker = await Talker.open(gateway.ws, fixture);
    for (const turn of fixture.turns) {
      await forget(wire);
      const said = await talker.turn(turn);
      const requests = await asked(wire);
      let bare_ms = 0;
      for (const body of bare ? requests : []) {
        const began = performance.now();
        await answered(bare as OpenAI, body);
        bare_ms += performance.now() - began;
      }
      if (!said.fault)
        turns.push({ typed: turn.say === undefined, ms: said.ms, calls: requests.length, bare_ms });
    }
    talker.close();
  }
  return turns;
}

type Body = OpenAI.ChatCompletionCreateParams;

async function answered(client: OpenAI, body: Body): Promise<string> {
  if (!body.stream) return (await client.chat.completions.create(body)).choices[0]?.message.content ?? "";
  let text = "";
  for await (const chunk of await client.chat.completions.create(body))
    text += chunk.choices[0]?.delta.content ?? "";
  return text;
}

async function asked(wire: string): Promise<Body[]> {
  const response = await fetch(`${new URL(wire).origin}/requests`);
  return ((await response.json()) as { body: Body }[]).map(({ body }) => body);
}

async function forget(wire: string): Promise<void> {
  await (await fetch(`${new URL(wire).origin}/requests`, { method: "DELETE" })).arrayBuffer();
}

/** Milliseconds until the typed offer, and until the words, of turns whose words take a model two seconds. */
async function slowly(gateway: Served): Promise<{ offers: number[]; words: number[] }> {
  const wishes = [
    "I'd like to buy two Orrin Air 14 laptops in black.",
    "Can you do 5% off?",
    "Could you do a little better than that?",
    "What about three of them?",
  ].slice(0, SLOW.turns);
  const said = await Promise.all(
    Array.from({ length: SLOW.conversations }, async (_, i): Promise<Said[]> => {
      await new Promise((wait) => setTimeout(wait, i * 60));
      const talker = await Talker.open(gateway.ws, {
        lang: "en",
        currency: "USD",
        channel: "chat",
        kind: "person",
      });
      const turns: Said[] = [];
      for (const say of wishes) turns.push(await talker.turn({ say }));
      talker.close();
      return turns;
    }),
  );
  const offers = said.flat().filter((each) => each.offer_ms !== null);
  return { offers: offers.map((each) => each.offer_ms ?? 0), words: offers.map((each) => each.ms) };
}

async function startWireProcess(): Promise<{ url: string; slow(): void; stop(): void }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "model-wire.ts")], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const url = await new Promise<string>((found, failed) => {
    child.stdout.on("data", (chunk: Buffer) => {
      const match = /wire at (\S+)/.exec(String(chunk));
      if (match?.[1]) found(match[1]);
    });
    child.once("exit", (code) => failed(new Error(`the wire server ended with ${code}`)));
  });
  return { url, slow: () => void child.kill("SIGUSR2"), stop: () => void child.kill("SIGTERM") };
}
