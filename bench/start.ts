import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { WebSocket } from "ws";
import { GATEWAY, serve, temporary } from "./gateway.ts";
import { median, rounded } from "./statistics.ts";

const TIMES = 5;
const BARE = join(import.meta.dirname, "bare-server.ts");

/** Milliseconds from spawning the process. */
interface Start {
  readonly listening_ms: number;
  readonly welcome_ms: number;
  /** The first answer to a message: a search, or whatever the bare server answers. */
  readonly answer_ms: number;
}

/**
 * From spawning Node to the first welcome and the first answered search, beside a bare hono and ws server started the
 * same way: in turns, with an empty compile cache and with a filled one, in a home that has been started in before.
 */
export async function run(): Promise<object> {
  const folder = temporary();
  try {
    const place = (name: string) => join(folder.path, name);
    const home = place("home");
    const filled = place("filled");
    const gateway = (cache: string, at = home) => started(GATEWAY, ["start"], env(cache, at));
    const bare = (cache: string) => started(BARE, [], env(cache, home));

    const first = await gateway(place("first"));
    for (let i = 0; i < 2; i++) {
      await gateway(filled);
      await bare(filled);
    }
    const cold = { parley: [] as Start[], bare: [] as Start[] };
    const warm = { parley: [] as Start[], bare: [] as Start[] };
    for (let i = 0; i < TIMES; i++) {
      cold.bare.push(await bare(place(`bare-${i}`)));
      cold.parley.push(await gateway(place(`parley-${i}`)));
      warm.bare.push(await bare(filled));
      warm.parley.push(await gateway(filled));
    }
    mkdirSync(place("empty"));
    cpSync(filled, place("refilled"), { recursive: true });
    const firstWarm = await gateway(place("refilled"), place("empty"));
    return summary(compared("cold", cold), compared("warm", warm), { first, firstWarm });
  } finally {
    folder.remove();
  }
}

function env(cache: string, home: string): Record<string, string> {
  return { NODE_COMPILE_CACHE: cache, PARLEY_HOME: home, PARLEY_PORT: "0", PARLEY_LOG_LEVEL: "warn" };
}

/** One start, one welcome, one answer, and an orderly stop: only then is the compile cache written. */
async function started(script: string, args: readonly string[], env: Record<string, string>): Promise<Start> {
  const began = performance.now();
  const server = await serve(script, args, env);
  const listening_ms = performance.now() - began;
  const socket = new WebSocket(server.ws, "parley.v1", { perMessageDeflate: false });
  const next = (fits: string) =>
    new Promise<number>((heard, failed) => {
      const hear = (data: Buffer) => {
        const text = data.toString();
        if (text.includes('"type":"fault"')) failed(new Error(text));
        if (!text.includes(fits)) return;
        socket.off("message", hear);
        heard(performance.now() - began);
      };
      socket.on("message", hear);
      socket.once("error", failed);
    });
  socket.once("open", () => socket.send(JSON.stringify({ type: "hello" })));
  const welcome_ms = await next('"type":"welcome"');
  socket.send(JSON.stringify({ type: "say", id: "1", act: { act: "search", query: "monitor" } }));
  const answer_ms = await next('"kind":"reply"');
  socket.terminate();
  await server.stop();
  return { listening_ms, welcome_ms, answer_ms };
}

function compared(name: string, { parley, bare }: { parley: Start[]; bare: Start[] }) {
  const middle = (starts: readonly Start[]) => ({
    listening_ms: rounded(median(starts.map((start) => start.listening_ms))),
    welcome_ms: rounded(median(starts.map((start) => start.welcome_ms))),
    answer_ms: rounded(median(starts.map((start) => start.answer_ms))),
  });
  const ours = middle(parley);
  const theirs = middle(bare);
  const ratio = rounded(ours.answer_ms / theirs.answer_ms, 2);
  process.stdout.write(
    `${name} compile cache: parley ${ours.answer_ms} ms (welcome ${ours.welcome_ms}), bare ${theirs.answer_ms} ms: ${ratio}\n`,
  );
  const all = parley.map((start) => rounded(start.answer_ms));
  return { ms: ours.answer_ms, ratio, ...ours, all, bare: theirs };
}

function summary(
  cold: ReturnType<typeof compared>,
  warm: ReturnType<typeof compared>,
  { first, firstWarm }: { first: Start; firstWarm: Start },
): object {
  const { bare: coldBare, ...coldOnly } = cold;
  const { bare: warmBare, ...warmOnly } = warm;
  return {
    ms: warm.ms,
    ratio: warm.ratio,
    cold: coldOnly,
    warm: warmOnly,
    first_ms: rounded(first.answer_ms),
    first_warm_ms: rounded(firstWarm.answer_ms),
    bare: { cold: coldBare, warm: warmBare },
    runs: TIMES,
    node: process.version,
  };
}
