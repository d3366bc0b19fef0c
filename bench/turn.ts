import { join } from "node:path";
import { type Good, type Served, staffToken, startGateway, stockedVendor, temporary } from "./gateway.ts";
import { type Load, loadGenerator } from "./load.ts";
import { candidatesSeen } from "./observer.ts";
import { countFsyncs } from "./processes.ts";
import { median, rounded, spread } from "./statistics.ts";
import {
  bargaining,
  CONNECTIONS,
  MESSAGES_PER_MINUTE,
  mirroring,
  perSecond,
  type Round,
  said,
} from "./turn-rounds.ts";

const ROUNDS = 5;
const SECONDS = 6;
const WARM_SECONDS = 4;

/**
 * Durable, validated, negotiated turns of the gateway beside a bare ws and JSON echo: the same load generator, the
 * same bytes both ways, the same connections with one message in flight each, rounds taking turns.
 */
export async function run(args: string[]): Promise<object> {
  const seconds = Number(args[0] ?? SECONDS);
  const folder = temporary();
  const home = join(folder.path, "home");
  const vendor = join(folder.path, "vendor");
  const goods = stockedVendor(vendor);
  const gateway = await startGateway({
    PARLEY_HOME: home,
    PARLEY_VENDOR: vendor,
    PARLEY_MESSAGES_PER_MINUTE: String(MESSAGES_PER_MINUTE),
  });
  const load = loadGenerator();
  let echo: Served | undefined;
  try {
    const parley = bargaining(load, gateway, goods);
    const mirror = await mirroring(load, (await parley(WARM_SECONDS)).load);
    echo = mirror.server;
    await mirror.round(WARM_SECONDS);

    const rounds: { echo: Round; parley: Round }[] = [];
    for (let i = 0; i < ROUNDS; i++) {
      const round = { echo: await mirror.round(seconds), parley: await parley(seconds) };
      rounds.push(round);
      process.stdout.write(`${said("echo  ", round.echo)}   ${said("parley", round.parley)}\n`);
    }
    const traced = await countFsyncs(gateway.process.pid ?? 0, () => parley(2).then((round) => round.load));
    const alone = await countFsyncs(gateway.process.pid ?? 0, () => parley(2, 1, false).then((r) => r.load));
    const sample = rounds.at(-1)?.parley.load.sessions ?? [];
    const candidates = await candidatesSeen(gateway.ws, staffToken(home), sample);
    return summary(rounds, { traced, alone, candidates, goods });
  } finally {
    load.stop();
    await echo?.stop();
    await gateway.stop();
    folder.remove();
  }
}

interface Outside {
  readonly traced: { fsyncs: number; of: Load } | null;
  readonly alone: { fsyncs: number; of: Load } | null;
  readonly candidates: readonly number[];
  readonly goods: readonly Good[];
}

function summary(
  rounds: readonly { echo: Round; parley: Round }[],
  { traced, alone, candidates, goods }: Outside,
): object {
  const parley = rounds.map((round) => round.parley);
  const ratios = rounds.map((round) => perSecond(round.parley.load) / perSecond(round.echo.load));
  const total = (of: (load: Load) => number) => parley.reduce((sum, { load }) => sum + of(load), 0);
  const mirrored = (of: (load: Load) => number) => {
    const [first] = rounds;
    return first ? of(first.echo.load) / Math.max(1, first.echo.load.turns) : Number.NaN;
  };
  const candidates_min = candidates.length > 0 ? Math.min(...candidates) : 0;
  const faults = rounds.flatMap(({ echo, parley: { load } }) => [echo.load.faults, load.faults]);
  const failures = [
    ...faults.flatMap((found) => Object.entries(found).map(([what, n]) => `${n} x ${what}`)),
    ...(candidates_min < 500 ? [`a turn looked at ${candidates_min} candidate offers only`] : []),
    ...(traced && traced.fsyncs === 0 ? ["the gateway never called fsync"] : []),
    ...(alone && alone.fsyncs < alone.of.turns
      ? [
          `${alone.of.turns} turns one after another with ${alone.fsyncs} fsyncs: a reply went before its fsync`,
        ]
      : []),
  ];
  if (!traced) process.stdout.write("strace is not there or may not attach: fsyncs were not counted\n");
  const turns = total((load) => load.turns);
  return {
    ratio: rounded(median(ratios), 3),
    turns_per_s: Math.round(median(parley.map(({ load }) => perSecond(load)))),
    echo_per_s: Math.round(median(rounds.map(({ echo }) => perSecond(echo.load)))),
    p50_ms: median(parley.map(({ load }) => load.p50_ms)),
    p99_ms: median(parley.map(({ load }) => load.p99_ms)),
    cpu_us_per_turn: median(parley.map((round) => round.cpu_us)),
    echo_cpu_us: median(rounds.map(({ echo }) => echo.cpu_us)),
    fsyncs: traced?.fsyncs ?? null,
    fsync_turns: traced?.of.turns ?? null,
    fsyncs_alone: alone?.fsyncs ?? null,
    fsync_turns_alone: alone?.of.turns ?? null,
    candidates_min,
    candidates_sampled: candidates.length,
    turns,
    opens: total((load) => load.opens),
    accepts: total((load) => load.accepts),
    faults: faults.reduce((sum, found) => sum + Object.values(found).reduce((a, b) => a + b, 0), 0),
    bytes_in: rounded(total((load) => load.bytes_in) / turns),
    bytes_out: rounded(total((load) => load.bytes_out) / turns),
    echo_bytes_in: rounded(mirrored((load) => load.bytes_in)),
    echo_bytes_out: rounded(mirrored((load) => load.bytes_out)),
    connections: CONNECTIONS,
    messages_per_minute: MESSAGES_PER_MINUTE,
    products: goods.length,
    spread: {
      ratio: spread(ratios, 3),
      turns_per_s: spread(
        parley.map(({ load }) => perSecond(load)),
        0,
      ),
      echo_per_s: spread(
        rounds.map(({ echo }) => perSecond(echo.load)),
        0,
      ),
    },
    rounds: rounds.map((round) => ({ echo: shown(round.echo), parley: shown(round.parley) })),
    failures,
  };
}

function shown({ load, cpu_us }: Round): object {
  const { turns, opens, accepts, p50_ms, p99_ms, load_cpu } = load;
  return { per_s: Math.round(perSecond(load)), turns, opens, accepts, p50_ms, p99_ms, cpu_us, load_cpu };
}
