import { randomInt } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startGateway, stockedVendor, temporary } from "./gateway.ts";
import { type Conversation, KillBuyer } from "./kill-buyer.ts";
import { check, type Finding } from "./kill-check.ts";
import { rounded, seeded } from "./statistics.ts";

const RUNS = 50;
const BUYERS = 8;
/** Milliseconds under load before the kill: anything from the first messages to a busy gateway. */
const LEAST_MS = 60;
const MOST_MS = 700;
const CHECKED_AT_ONCE = 16;
const DRAIN_MS = 20_000;

/**
 * Kills the gateway with SIGKILL at a random moment under load, starts it again on the same home, resumes every
 * session and holds the log against everything that was acknowledged; fifty times over on one home, and at the end
 * the orders that reached the vendor's file against the orders in the logs. Arguments: how many times, and the seed of all choices.
 */
export async function run(args: string[]): Promise<object> {
  const [runs = RUNS, seed = randomInt(2 ** 31)] = args.map(Number);
  process.stdout.write(`seed ${seed}\n`);
  const random = seeded(seed);
  const began = performance.now();
  const folder = temporary();
  const home = join(folder.path, "home");
  const env = {
    PARLEY_HOME: home,
    PARLEY_VENDOR: join(folder.path, "vendor"),
    PARLEY_MESSAGES_PER_MINUTE: "10000000",
  };
  const goods = stockedVendor(env.PARLEY_VENDOR);
  const tally = new Tally();
  let gateway = await startGateway(env);
  try {
    for (let n = 1; n <= runs; n++) {
      const buyers = Array.from({ length: BUYERS }, () => new KillBuyer(gateway.ws, goods, random));
      await sleep(LEAST_MS + random() * (MOST_MS - LEAST_MS));
      await gateway.kill();
      gateway = await startGateway(env);
      const talks = buyers.flatMap((buyer) => buyer.conversations);
      for (const buyer of buyers) tally.faults.push(...buyer.faults);
      await inGroups(talks, async (talk) => {
        try {
          tally.add(talk, await check(gateway.ws, talk));
        } catch (error) {
          tally.lost.push(`${talk.session}: ${String(error)}`);
        }
      });
      if (n % 10 === 0)
        process.stdout.write(`${n} kills: ${tally.acked} acknowledged, ${tally.lost.length} lost\n`);
    }
    const orders = await drained(join(home, "orders.jsonl"), tally.ids);
    return {
      ...tally.summary(orders),
      runs,
      kills: runs,
      seed,
      seconds: rounded((performance.now() - began) / 1_000),
    };
  } finally {
    await gateway.stop();
    folder.remove();
  }
}

async function inGroups(talks: readonly Conversation[], work: (talk: Conversation) => Promise<void>) {
  for (let i = 0; i < talks.length; i += CHECKED_AT_ONCE) {
    await Promise.all(talks.slice(i, i + CHECKED_AT_ONCE).map(work));
  }
}

/** The lines of the vendor's file, once every order is there or the time is up. */
async function drained(file: string, ids: ReadonlySet<string>): Promise<string[]> {
  const ends = performance.now() + DRAIN_MS;
  for (;;) {
    const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n").filter(Boolean) : [];
    const there = new Set(lines.map(idOf));
    if ([...ids].every((id) => there.has(id)) || performance.now() > ends) return lines;
    await sleep(200);
  }
}

function idOf(line: string): string | null {
  try {
    return (JSON.parse(line) as { id: string }).id;
  } catch {
    return null;
  }
}

class Tally {
  acked = 0;
  accepts = 0;
  resent = 0;
  sessions = 0;
  readonly intents: { readonly id: string; readonly offer: string }[] = [];
  readonly lost: string[] = [];
  readonly gaps: string[] = [];
  readonly twice: string[] = [];
  readonly faults: string[] = [];

  get ids(): ReadonlySet<string> {
    return new Set(this.intents.map(({ id }) => id));
  }

  add(talk: Conversation, { lost, gaps, twice, intents, resent }: Finding): void {
    this.sessions += 1;
    this.acked += talk.acked.size;
    for (const id of talk.acked.keys())
      if (talk.sent.get(id)?.text.includes('"act":"accept"')) this.accepts += 1;
    this.resent += resent;
    this.intents.push(...intents);
    this.lost.push(...lost);
    this.gaps.push(...gaps);
    this.twice.push(...twice);
  }

  summary(orders: readonly string[]): object {
    const delivered = orders.map(idOf);
    const there = new Set(delivered);
    const ids = this.ids;
    const offers = new Set(this.intents.map(({ offer }) => offer));
    const undelivered = [...ids].filter((id) => !there.has(id));
    const unknown = [...there].filter((id) => id === null || !ids.has(id));
    const duplicate_intents = 2 * this.intents.length - ids.size - offers.size;
    const failures = [
      ...[...this.lost, ...this.gaps, ...this.twice, ...this.faults].slice(0, 20),
      ...(duplicate_intents > 0 ? [`${duplicate_intents} orders are doubled`] : []),
      ...(undelivered.length > 0 ? [`${undelivered.length} orders never reached the vendor's file`] : []),
      ...(unknown.length > 0
        ? [`${unknown.length} lines of the vendor's file name no order of any log`]
        : []),
    ];
    return {
      ...{ sessions: this.sessions, acked: this.acked, accepts: this.accepts, intents: this.intents.length },
      lost_acknowledged: this.lost.length,
      duplicate_intents,
      gaps: this.gaps.length,
      undelivered: undelivered.length,
      answered_twice: this.twice.length,
      unknown_orders: unknown.length,
      delivered_again: delivered.length - there.size,
      resent: this.resent,
      faults: this.faults.length,
      failures,
    };
  }
}
