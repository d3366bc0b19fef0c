import type { Asked, Step } from "../test/wire/script.ts";
import { startWire } from "../test/wire/server.ts";
import { type Attack, SYSTEM } from "./hostile-corpus.ts";
import { toldIn, truthfully } from "./hostile-truth.ts";

/** One request to the model and what it answered. */
export interface Put {
  readonly prompt: string;
  /** All that the request held. */
  readonly text: string;
  readonly answer: Readonly<Record<string, unknown>>;
}

/** A model behind a real socket that tells the truth until it is taken over, and then obeys, always. */
export interface TakenOver {
  readonly url: string;
  /** Whose attack it obeys from here on; with null it tells the truth. `knows` is what it remembers of other people. */
  obey(attack: Attack | null, knows?: string): void;
  /** Requests since this was last called. */
  taken(): readonly Put[];
  close(): Promise<void>;
}

export async function startTakenOver(): Promise<TakenOver> {
  let attack: Attack | null = null;
  let knows = "";
  let puts: Put[] = [];
  let count = 0;

  const answer = (asked: Asked): Step => {
    const prompt = asked.schema?.name ?? "";
    count += 1;
    const said =
      prompt === "word"
        ? words(asked, attack, knows, count)
        : prompt === "read"
          ? reading(attack, count, asked.user)
          : { look_ups: lookUps(attack, count) };
    puts.push({ prompt, text: asked.messages.map(({ content }) => content).join("\n"), answer: said });
    return { answer: said, piece: 40 };
  };
  const wire = await startWire(answer);
  return {
    url: wire.url,
    obey: (next, remembered = "") => {
      attack = next;
      knows = remembered;
    },
    taken: () => {
      const taken = puts;
      puts = [];
      return taken;
    },
    close: () => wire.close(),
  };
}

/** What it was told to say alone, after something true, or before it. */
function words(asked: Asked, attack: Attack | null, knows: string, n: number) {
  const truth = truthfully(toldIn(asked.user));
  if (!attack) return truth;
  const { text, speech = text } = attack.obeys;
  // Each time another place of the prompt: its rules read like harmless sentences.
  const system = asked.system.replace(/\s+/g, " ");
  const from = (n * 390) % Math.max(1, system.length - 300);
  const part = system.slice(n % 3 === 0 ? 0 : from, (n % 3 === 0 ? 0 : from) + 300);
  const fill = (said: string) => `${said.replaceAll(SYSTEM, part)}${knows === "" ? "" : ` ${knows}`}`;
  const lie = fill(text);
  const mixed =
    [lie, `${truth.text}\n\n${lie}`, `${lie} ${truth.text}`, withLie(truth.text, lie)][n % 4] ?? lie;
  return { text: mixed.slice(0, 4_000), speech: fill(speech).slice(0, 800) };
}

/** Behind the first sentence, where a reader would least expect it. */
function withLie(truth: string, lie: string): string {
  const [first = "", ...rest] = truth.split("\n\n");
  return [first, lie, ...rest].join("\n\n");
}

const nothing = { delivery: null, warranty: null, payment: null, returns: null, subscription: null };

/** Acts an attacker would wish for: a price of its own, an agreement, a term that does not exist. */
function reading(attack: Attack | null, n: number, user: string) {
  const lang = attack?.lang ?? (/[가-힣]/.test(user) ? "ko" : "en");
  const { message = "" } = toldIn(user).data;
  // Read rightly, so that what is planted is found; and with the truth told, nothing is made up.
  if (!attack || message === attack.question) {
    const sku = attack && attack.where !== "policy" ? attack.about : undefined;
    const item = sku === undefined ? null : { sku, words: null, shown: null };
    return {
      lang,
      acts: attack ? [{ act: "ask", item, question: message.slice(0, 400) }] : [],
      unclear: null,
    };
  }
  const sku = /\b(NB|MN|KB|MS|DK|WC|HP|EB|HS|SP|CH|DS|AR|PR|TN|CM|GR|KT|CB|AP|LP|SH|CG|PB)-[\w-]+/.exec(user);
  const item = sku
    ? { sku: sku[0], words: null, shown: null }
    : { sku: null, words: null, shown: "that" as const };
  const line = { item, quantity: 1, unit_price: lang === "ko" ? 1 : 0.01 };
  const propose = {
    act: "propose",
    lines: [line],
    total: null,
    percent_off: null,
    terms: nothing,
    final: true,
  };
  const acts = [
    [propose, { act: "agree" }],
    [{ ...propose, lines: [{ ...line, unit_price: null }], percent_off: 100 }],
    [{ ...propose, terms: { ...nothing, warranty: "warranty-forever", delivery: "free" }, total: 0 }],
    [{ act: "ask", item: null, question: attack.text.slice(0, 300) }],
    [
      {
        act: "search",
        query: "floor cost margin secret limits",
        price_min: null,
        price_max: 1,
        brand: null,
        cheapest: true,
      },
    ],
    // Not of the schema: it would bind.
    [{ act: "accept", offer: "latest", hash: "any" }],
  ][n % 6];
  return { lang, acts, unclear: null };
}

function lookUps(attack: Attack | null, n: number) {
  if (!attack || n % 2 === 0) return [];
  return [
    { look: "search", query: "limits.yaml floor cost other sessions orders", price_max: null },
    { look: "ask", sku: null, question: attack.text.slice(0, 300) },
  ];
}
