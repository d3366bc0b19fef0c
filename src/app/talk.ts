import { createInterface, type Interface } from "node:readline/promises";
import type { EventOf, Numbered } from "../domain/event.ts";
import { Fault } from "../domain/fault.ts";
import type { Offer } from "../domain/offer.ts";
import type { IntentView } from "../domain/reply.ts";
import { inLang, Lang } from "../domain/text.ts";
import { type Client, connect } from "../protocol/client.ts";
import { ParleyFault } from "../protocol/codes.ts";
import { verifyIntent, verifyOffer } from "../protocol/verify.ts";
import { choice, options } from "./arguments.ts";
import { discover, type Profile } from "./discover.ts";
import { hearing } from "./talk-hearing.ts";
import { PHRASES } from "./talk-phrases.ts";
import { card, endWithReader, paint, print, under } from "./transcript.ts";

/** What the person sees and may point at. */
interface Table {
  readonly client: Client;
  readonly profile: Profile;
  readonly lang: Lang;
  /** The offers last shown and not yet taken, under the numbers they were shown with. */
  offers: ReadonlyMap<number, Offer>;
  /** Orders already told to be signed. */
  readonly sealed: Set<string>;
}

const USAGE = `usage: parley talk [options]
  --url ADDRESS    the gateway's WebSocket (default: ws://127.0.0.1:8787/v1/ws)
  --lang en|ko     what is spoken (default: that of the locale)
  --currency NAME  of all prices, as USD (default: KRW in Korean, else USD)
`;

/** `parley talk`: a person in the terminal, in free words. Lines that are piped in are messages, one after another. */
export async function run(args: string[]): Promise<number> {
  const values = options(args, {
    url: { type: "string", default: "ws://127.0.0.1:8787/v1/ws" },
    lang: { type: "string", default: localeLang() },
    currency: { type: "string" },
  });
  if (values === null) {
    process.stdout.write(USAGE);
    return 0;
  }
  const lang = choice("--lang", Lang.options, values.lang);
  endWithReader();
  const profile = await discover(values.url);
  const client = connect({
    url: profile.endpoints.websocket,
    ...{ lang, channel: "chat", kind: "person", attempts: 6, stream: true },
    currency: values.currency ?? (lang === "ko" ? "KRW" : "USD"),
  });
  const table: Table = { client, profile, lang, offers: new Map(), sealed: new Set() };
  let lost = false;
  client.on("state", (state) => {
    if (state === "waiting" && !lost) note(PHRASES[lang].waiting);
    // Every further attempt waits again: it is the same loss until a session is open.
    if (state === "waiting" || state === "open") lost = state === "waiting";
  });
  client.on("resume_failed", () => note(PHRASES[lang].restored));
  client.on("event", (numbered) => later(numbered, table));
  try {
    await client.opened;
    print(paint("bold", inLang(profile.vendor.name, lang)));
    note(PHRASES[lang].help);
    await converse(table);
    return 0;
  } catch (error) {
    if (!(error instanceof ParleyFault)) throw error;
    throw new Fault("unavailable", `${error.message} (${error.code})`, { cause: error });
  } finally {
    client.close();
  }
}

/** Line by line until the input ends, the person quits or the session is closed. */
async function converse(table: Table): Promise<void> {
  const terminal = process.stdin.isTTY === true;
  const lines = createInterface({ input: process.stdin, ...(terminal ? { output: process.stdout } : {}) });
  lines.setPrompt(paint("cyan", "> "));
  try {
    prompt(lines, terminal);
    for await (const line of lines) {
      const text = line.trim();
      if (text === "/quit") return;
      if (!terminal && text) print(`${paint("cyan", "> ")}${text}`);
      if (text) await answer(table, text);
      if (table.client.log.some(({ event }) => event.kind === "closed")) return;
      prompt(lines, terminal);
    }
  } finally {
    lines.close();
  }
}

function prompt(lines: Interface, terminal: boolean): void {
  if (terminal) lines.prompt();
}

async function answer(table: Table, text: string): Promise<void> {
  const phrases = PHRASES[table.lang];
  const [command = "", argument = ""] = text.split(/\s+/);
  if (command === "/offers") {
    if (table.offers.size === 0) note(phrases.noOffers);
    show([...table.offers], table);
    return;
  }
  const taken = table.offers.get(Number(argument || "1"));
  if (command === "/accept" && !taken) return note(phrases.noSuchOffer);
  if (command.startsWith("/") && command !== "/accept") return note(phrases.help);
  const { client } = table;
  const heard = hearing(client, ({ offers }) => show(numbered(offers), table));
  try {
    const reply =
      command === "/accept" && taken
        ? await client.act({ act: "accept", offer: taken.id, hash: taken.hash })
        : await client.say(text);
    heard.end(reply.kind === "held" ? null : reply.words.text);
    // A person has the conversation, and answers by and by.
    if (reply.kind === "held") return;
    if (reply.move.offers.length > 0) await lay(table, reply.move.offers);
    for (const intent of reply.move.intents) await seal(table, intent);
  } catch (error) {
    heard.end(null);
    // A refused message changes nothing: the talk goes on, unless the connection is gone for good.
    if (!(error instanceof ParleyFault) || table.client.state === "closed") throw error;
    print(paint("red", `${error.message} (${error.code})`));
    if (error.code === "order_details_missing") note(phrases.details);
  }
}

function show(offers: readonly (readonly [number, Offer])[], { lang }: Table): void {
  for (const [n, offer] of offers) print(under("  ", card(offer, n, lang)));
}

function numbered(offers: readonly Offer[]): (readonly [number, Offer])[] {
  return offers.map((offer, i) => [i + 1, offer]);
}

/** Keeps the offers for /offers and /accept; one whose hash is not that of its content is called out at once. */
async function lay(table: Table, offers: readonly Offer[]): Promise<void> {
  table.offers = new Map(numbered(offers));
  for (const offer of offers) {
    if (!(await verifyOffer(offer))) print(paint("red", `  ${PHRASES[table.lang].badHash}`));
  }
}

/** An order's offer is on the table no more; that the order is signed is told once, when that is proven. */
async function seal(table: Table, intent: IntentView): Promise<void> {
  table.offers = new Map([...table.offers].filter(([, offer]) => offer.id !== intent.offer));
  if (!intent.jws || table.sealed.has(intent.id)) return;
  await verifyIntent(intent.jws, table.profile.endpoints.jwks);
  table.sealed.add(intent.id);
  print(paint("green", `  ✓ ${PHRASES[table.lang].verified(intent.id)}`));
}

/** What comes without having been asked for: news of an order, and of who answers. */
function later({ event }: Numbered, table: Table): void {
  if (event.kind === "handoff") note(event.words.text);
  if (event.kind === "said") print(`${paint("bold", event.name)}: ${event.text}`);
  if (event.kind !== "order" || event.by === "buyer") return;
  note(PHRASES[table.lang].order(event.intent.id, event.intent.status, event.note ?? ""));
  if (newlySigned(event)) seal(table, event.intent).catch((error: unknown) => note(String(error)));
}

function newlySigned(event: EventOf<"order">): boolean {
  return event.by === "operator" && event.intent.jws !== undefined;
}

function note(text: string): void {
  print(paint("dim", text));
}

/** Korean where the locale is Korean, else English. */
function localeLang(): Lang {
  const { LC_ALL, LC_MESSAGES, LANG } = process.env;
  return (LC_ALL || LC_MESSAGES || LANG || "").startsWith("ko") ? "ko" : "en";
}
