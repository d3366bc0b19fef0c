import type { WebSocket } from "ws";
import { dialled } from "./frames.ts";
import type { Load, Plan } from "./load.ts";
import { haggler, mirror, type Script } from "./load-scripts.ts";
import { percentile, rounded } from "./statistics.ts";

/** The load generator's own process: gets plans from its parent, one at a time, and answers each with its load. */
process.on("message", (plan: Plan) => {
  carryOut(plan).then(
    (load) => process.send?.({ load }),
    (error: unknown) => process.send?.({ error: String(error) }),
  );
});

async function carryOut(plan: Plan): Promise<Load> {
  const tally = new Tally();
  const peers = await Promise.all(
    Array.from({ length: plan.connections }, (_, i) => {
      const script = "echo" in plan.of ? mirror(plan.of.echo, i) : haggler(plan.of.goods, plan.of.orders, i);
      return Peer.open(plan.url, script, tally);
    }),
  );
  const cpu = process.cpuUsage();
  tally.begin();
  const ends = performance.now() + plan.seconds * 1_000;
  await Promise.all(peers.map((peer) => peer.work(ends)));
  const seconds = tally.seconds;
  const { user, system } = process.cpuUsage(cpu);
  for (const peer of peers) peer.close();
  const { turns, opens, accepts, bytes_in, bytes_out, latencies, sessions } = tally;
  return {
    ...{ turns, opens, accepts, bytes_in, bytes_out, seconds },
    faults: Object.fromEntries(tally.faults),
    p50_ms: rounded(percentile(latencies, 50), 2),
    p99_ms: rounded(percentile(latencies, 99), 2),
    load_cpu: rounded((user + system) / 1e6 / seconds, 2),
    sessions: sessions.slice(-SAMPLE),
  };
}

const SAMPLE = 40;

class Tally {
  turns = 0;
  opens = 0;
  accepts = 0;
  bytes_in = 0;
  bytes_out = 0;
  readonly faults = new Map<string, number>();
  readonly latencies: number[] = [];
  readonly sessions: string[] = [];
  #began = 0;
  #last = 0;

  begin(): void {
    this.#began = performance.now();
  }

  get seconds(): number {
    return (this.#last - this.#began) / 1_000;
  }

  turn(asked: number, bytes_in: number, bytes_out: number, { opened, bound, session }: Script): void {
    this.#last = performance.now();
    this.turns += 1;
    this.latencies.push(this.#last - asked);
    this.bytes_in += bytes_in;
    this.bytes_out += bytes_out;
    if (opened) this.opens += 1;
    if (bound) this.accepts += 1;
    if (opened && session) this.sessions.push(session);
  }

  fault(what: string): void {
    this.faults.set(what, (this.faults.get(what) ?? 0) + 1);
  }
}

/** One connection with one message in flight. */
class Peer {
  readonly #socket: WebSocket;
  readonly #script: Script;
  readonly #tally: Tally;
  #asked = 0;
  #sent = 0;
  #heard = 0;
  #ends = 0;
  #done: () => void = () => {};

  private constructor(socket: WebSocket, script: Script, tally: Tally) {
    this.#socket = socket;
    this.#script = script;
    this.#tally = tally;
    socket.on("message", (data) => this.#receive(data as Buffer));
    socket.on("close", (code) => {
      if (this.#ends > 0) this.#tally.fault(`closed ${code}`);
      this.#done();
    });
  }

  /** Connects, and has the script's first words answered before the clock runs. */
  static async open(url: string, script: Script, tally: Tally): Promise<Peer> {
    const socket = await dialled(url);
    const [first] = script.first;
    if (first !== undefined) {
      socket.send(first);
      await new Promise((answered) => socket.once("message", answered));
    }
    return new Peer(socket, script, tally);
  }

  /** Turn after turn until `ends`; resolves when the last answer, no longer counted, is in. */
  work(ends: number): Promise<void> {
    this.#ends = ends;
    return new Promise((done) => {
      this.#done = done;
      this.#ask();
    });
  }

  close(): void {
    this.#ends = 0;
    this.#socket.close();
  }

  #ask(): void {
    this.#asked = performance.now();
    this.#sent = 0;
    this.#heard = 0;
    for (const text of this.#script.next()) {
      this.#sent += text.length;
      this.#socket.send(text);
    }
  }

  #receive(data: Buffer): void {
    this.#heard += data.length;
    const answer = this.#script.hear(data);
    if (answer === "more") return;
    if (answer !== "done") this.#tally.fault(answer.fault);
    else if (performance.now() < this.#ends) {
      this.#tally.turn(this.#asked, this.#sent, this.#heard, this.#script);
    }
    if (performance.now() < this.#ends) this.#ask();
    else this.#done();
  }
}
