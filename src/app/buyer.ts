import { Fault } from "../domain/fault.ts";
import { formatMoney } from "../domain/money.ts";
import type { Offer } from "../domain/offer.ts";
import { Lang } from "../domain/text.ts";
import { type Client, connect } from "../protocol/client.ts";
import { ParleyFault } from "../protocol/codes.ts";
import type { Reply } from "../protocol/pending.ts";
import { statesOffer, verifyIntent, verifyOffer } from "../protocol/verify.ts";
import { choice, options } from "./arguments.ts";
import { discover, type Profile } from "./discover.ts";
import { DETAILS, GOALS, type Goal } from "./goals.ts";
import { haggle } from "./haggle.ts";
import { brief, endWithReader, paint, print, under, wishes } from "./transcript.ts";

/** What became of one errand. */
interface Result {
  readonly goal: Goal;
  readonly outcome: string;
  readonly paid: number | null;
}

interface Errand {
  readonly profile: Profile;
  readonly lang: Lang;
  readonly currency: keyof typeof DETAILS;
  /** Says one step: a line for people, or the same as JSON. */
  tell(step: string, fields: Record<string, unknown>, line: string): void;
}

const USAGE = `usage: parley buyer [options]
  --url ADDRESS    the gateway's WebSocket (default: ws://127.0.0.1:8787/v1/ws)
  --goal NAME      one errand, by name or number (default: all): ${GOALS.map(({ name }) => name).join(", ")}
  --lang en|ko     what is spoken (default: en)
  --currency NAME  USD or KRW (default: that of the language)
  --json           every step as a line of JSON
`;

/** `parley buyer`: an assistant that runs errands against a running gateway, on nothing but the published protocol. */
export async function run(args: string[]): Promise<number> {
  const values = options(args, {
    url: { type: "string", default: "ws://127.0.0.1:8787/v1/ws" },
    goal: { type: "string", default: "all" },
    lang: { type: "string", default: "en" },
    currency: { type: "string" },
    json: { type: "boolean", default: false },
  });
  if (values === null) {
    process.stdout.write(USAGE);
    return 0;
  }
  const lang = choice("--lang", Lang.options, values.lang);
  const currency = choice("--currency", ["USD", "KRW"] as const, values.currency ?? CURRENCY[lang]);
  const goals = pick(values.goal);
  endWithReader();
  try {
    const profile = await discover(values.url);
    const results: Result[] = [];
    for (const goal of goals) {
      const tell: Errand["tell"] = (step, fields, line) =>
        print(values.json ? JSON.stringify({ goal: goal.name, step, ...fields }) : line);
      results.push(await errand(goal, { profile, lang, currency, tell }));
    }
    if (!values.json) summary(results, currency, lang);
    return 0;
  } catch (error) {
    if (!(error instanceof ParleyFault)) throw error;
    throw new Fault("unavailable", `${error.message} (${error.code})`, { cause: error });
  }
}

const CURRENCY = { en: "USD", ko: "KRW" } as const;

/** One session: search, bargain, take or leave. */
async function errand(goal: Goal, trip: Errand): Promise<Result> {
  const { profile, lang, currency, tell } = trip;
  const { target = 0, budget = 0 } = goal.unit[currency] ?? {};
  const money = (amount: number) => formatMoney(amount, currency, lang);
  tell(
    "goal",
    { title: goal.title[lang], target, budget },
    `\n${paint(["bold", "cyan"], goal.title[lang])}  ${paint("dim", `hopes for ${money(target)}, pays at most ${money(budget)} each, all in`)}`,
  );
  const { country, region, postal_code } = DETAILS[currency].ship_to;
  const client = connect({
    url: profile.endpoints.websocket,
    ...{ lang, currency, attempts: 4 },
    shipTo: { country, region, postal_code },
  });
  try {
    const found = await search(client, goal, trip);
    if (!found) return await leave(client, goal, trip, "nothing fits what I was sent for");
    return await bargain(client, goal, found, trip);
  } finally {
    client.close();
  }
}

async function search(client: Client, goal: Goal, { lang, tell }: Errand): Promise<string | null> {
  const query = goal.query[lang];
  tell("search", { query }, said(`search: ${query}`));
  const reply = await answered(client, { act: "search", query, filters: { in_stock: true } });
  heard(reply, tell);
  const needed = Math.max(...goal.asks.map(({ quantity }) => quantity));
  return reply.move.results.find(({ stock }) => stock >= needed)?.sku ?? null;
}

async function bargain(client: Client, goal: Goal, sku: string, trip: Errand): Promise<Result> {
  const { currency, lang, tell } = trip;
  for (let n = 0, reply: Reply | null = null; ; n++) {
    const step = haggle(goal, sku, currency, n, reply?.move ?? null);
    if (step.does === "leave") return leave(client, goal, trip, step.why);
    if (step.does === "accept") return accept(client, goal, step.offer, trip, step.why);
    const { total = 0, lines, terms = {} } = step.act;
    const price = formatMoney(total, currency, lang);
    const asks = [`${lines?.[0]?.quantity} × ${sku} for ${price} all in`, ...wishes(terms)].join(", ");
    tell(
      "propose",
      { act: step.act, why: step.why },
      said(`propose ${asks}  ${paint("dim", `(${step.why})`)}`),
    );
    reply = await answered(client, step.act);
    heard(reply, tell);
    for (const [i, offer] of reply.move.offers.entries()) await show(offer, i + 1, trip);
  }
}

async function show(offer: Offer, n: number, { lang, tell }: Errand): Promise<void> {
  if (!(await verifyOffer(offer))) {
    throw new ParleyFault("untrusted", `the hash of offer ${offer.id} is not that of its content`, false);
  }
  tell("offer", { offer, hash_verified: true }, `    ${brief(offer, n, lang)} ${paint("green", "✓")}`);
}

async function accept(client: Client, goal: Goal, offer: Offer, trip: Errand, why: string): Promise<Result> {
  const { currency, tell, profile, lang } = trip;
  const details = { ...DETAILS[currency], purchase_order: `PO-${goal.name}` };
  tell(
    "accept",
    { offer: offer.id, hash: offer.hash, why },
    said(`accept ${offer.id}  ${paint("dim", `(${why})`)}`),
  );
  let reply = await answered(client, { act: "accept", offer: offer.id, hash: offer.hash, details });
  heard(reply, tell);
  if (reply.move.readback) {
    const { offer, hash } = reply.move.readback;
    tell("confirm", reply.move.readback, said("confirm"));
    reply = await answered(client, { act: "confirm", offer, hash });
    heard(reply, tell);
  }
  const view = reply.move.intents.find((intent) => intent.offer === offer.id);
  const paid = offer.totals.total;
  if (!view) return { goal, outcome: "not bound", paid: null };
  if (!view.jws) {
    tell(
      "approval_pending",
      { intent: view.id },
      under("  ✓ ", `order ${view.id} waits for a person's approval`),
    );
    return { goal, outcome: "waits for approval", paid };
  }
  const intent = await verifyIntent(view.jws, profile.endpoints.jwks);
  if (!statesOffer(intent, offer)) {
    throw new ParleyFault(
      "untrusted",
      `order ${intent.id} is signed but does not say what was accepted`,
      false,
    );
  }
  tell(
    "order",
    { intent, signature_verified: true },
    paint(
      "green",
      `  ✓ ${intent.kind} ${intent.id}, ${formatMoney(paid, currency, lang)}: signature verified, and it says what was accepted`,
    ),
  );
  return { goal, outcome: intent.kind === "order" ? "ordered" : "subscribed", paid };
}

async function leave(client: Client, goal: Goal, { tell }: Errand, why: string): Promise<Result> {
  tell("leave", { why }, said(`leave: ${why}`));
  heard(await answered(client, { act: "leave", reason: why }), tell);
  return { goal, outcome: `walked away: ${why}`, paid: null };
}

/** The vendor's reply. A person who takes the conversation over is nobody a program can go on with. */
async function answered(client: Client, act: Parameters<Client["act"]>[0]): Promise<Reply> {
  const answer = await client.act(act);
  if (answer.kind === "reply") return answer;
  throw new ParleyFault("lease_held", "a person of the vendor's answers this conversation now", false);
}

function said(text: string): string {
  return under(paint("cyan", "  ▶ "), text);
}

function heard({ move, words }: Reply, tell: Errand["tell"]): void {
  const round = move.round.of > 0 ? `, round ${move.round.n} of ${move.round.of}` : "";
  const reasons = move.reasons.length > 0 ? `, ${move.reasons.join(", ")}` : "";
  // The offers follow as cards.
  const text = move.offers.length > 0 ? words.text.split(/(?<=[.!?])\s|\n/, 1).join("") : words.text;
  tell(
    "reply",
    { act: move.act, reasons: move.reasons, round: move.round, text: words.text },
    `${paint("yellow", "  ◀ ")}${paint("dim", `${move.act}${reasons}${round}`)}\n${under("    ", text)}`,
  );
}

function summary(results: readonly Result[], currency: string, lang: Lang): void {
  print(`\n${paint("bold", "What became of it")}`);
  for (const { goal, outcome, paid } of results) {
    const mark = paid === null ? paint("yellow", "·") : paint("green", "✓");
    print(
      `  ${mark} ${goal.title[lang]}: ${outcome}${paid === null ? "" : `, ${formatMoney(paid, currency, lang)} all in`}`,
    );
  }
  print(
    paint(
      "dim",
      "  ✓ beside an offer: its hash was recomputed. Orders were verified against the vendor's published keys.",
    ),
  );
}

function pick(wanted: string): readonly Goal[] {
  if (wanted === "all") return GOALS;
  const goal = GOALS.find((each, i) => each.name === wanted || String(i + 1) === wanted);
  const names = GOALS.map(({ name }, i) => `${i + 1} (${name})`).join(", ");
  if (!goal) throw new Fault("bad_config", `--goal ${wanted}: there are ${names}, or all`);
  return [goal];
}
