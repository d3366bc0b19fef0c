import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { Act } from "../src/domain/act.ts";
import { OrderStatus, ShipTo } from "../src/domain/order.ts";
import { Channel } from "../src/domain/party.ts";
import type { Move, Words } from "../src/domain/reply.ts";
import { MoveAct, MoveReason, Slot } from "../src/domain/reply.ts";
import { Lang } from "../src/domain/text.ts";
import { FaultCode } from "../src/protocol/frames.ts";
import { Peer } from "./harness.ts";

/** An amount, exactly or within bounds (minor units). */
const Figure = z.union([z.int(), z.strictObject({ gte: z.int().optional(), lte: z.int().optional() })]);

const Said = z.strictObject({
  contains: z.array(z.string()).optional(),
  not: z.array(z.string()).optional(),
});

/** What a reply must show; what is left out may be anything. */
const Expect = z.strictObject({
  act: z.union([MoveAct, z.array(MoveAct)]).optional(),
  reasons: z.array(MoveReason).optional(),
  ask: Slot.nullable().optional(),
  /** Of the first offer. */
  offer: z
    .strictObject({
      skus: z.array(z.string()).optional(),
      quantity: z.int().optional(),
      unit_price: Figure.optional(),
      total: Figure.optional(),
      delivery: z.string().optional(),
      warranty: z.string().optional(),
      payment: z.string().optional(),
      returns: z.string().optional(),
      subscription: z.string().nullable().optional(),
      delivery_fee: Figure.optional(),
      discounts: z.array(z.string()).optional(),
      final: z.boolean().optional(),
      /** Cheaper all-in than the first offer of the dialogue's previous offer. */
      cheaper: z.boolean().optional(),
    })
    .optional(),
  offers: z.int().optional(),
  results: z.array(z.string()).optional(),
  /** Every one of these is among the results. */
  shows: z.array(z.string()).optional(),
  /** Facts that must be cited. */
  cites: z.array(z.string()).optional(),
  /** True: a question got no fact, and says so; false: every question got one. */
  unanswered: z.boolean().optional(),
  intent: z.strictObject({ status: OrderStatus }).optional(),
  intents: z.int().optional(),
  text: Said.optional(),
  /** What is spoken, and how many characters it may have. */
  speech: Said.extend({ longest: z.int().optional() }).optional(),
  lang: Lang.optional(),
  fault: FaultCode.optional(),
});

/** One conversation as data. `$offer` and `$hash` in an act stand for the latest offer's. */
export const Dialogue = z.strictObject({
  id: z.string(),
  about: z.string(),
  lang: Lang,
  currency: z.string(),
  channel: Channel.default("chat"),
  kind: z.enum(["machine", "person"]).default("person"),
  ship_to: ShipTo.optional(),
  turns: z
    .array(
      z
        .strictObject({
          say: z.string().optional(),
          act: z.looseObject({ act: z.string() }).optional(),
          expect: Expect,
        })
        .refine((turn) => (turn.say === undefined) !== (turn.act === undefined), "either say or act"),
    )
    .min(1),
});
export type Dialogue = z.infer<typeof Dialogue>;

export function loadDialogues(): Dialogue[] {
  const folder = resolve(import.meta.dirname, "../fixtures/dialogues");
  return readdirSync(folder)
    .filter((name) => name.endsWith(".yaml"))
    .sort()
    .map((name) => {
      const parsed = Dialogue.safeParse(parse(readFileSync(join(folder, name), "utf8")));
      if (!parsed.success) throw new Error(`${name}: ${z.prettifyError(parsed.error)}`);
      return parsed.data;
    });
}

/** Plays a dialogue over a real socket; every expectation is checked in its turn. */
export async function play(dialogue: Dialogue, ws: string): Promise<{ turns: number; session: string }> {
  const { lang, currency, channel, kind, ship_to } = dialogue;
  const peer = await Peer.open(ws, { lang, currency, channel, kind, ...(ship_to ? { ship_to } : {}) });
  const { session } = await peer.next("welcome");
  let last: Move["offers"][number] | undefined;
  try {
    for (const [i, { say, act, expect: wanted }] of dialogue.turns.entries()) {
      const where = `${dialogue.id}, turn ${i + 1} (${say ?? JSON.stringify(act)})`;
      const message = say === undefined ? { act: filled(act, last) } : { text: say };
      const { reply, fault } = await peer.say({ id: `t${i + 1}`, ...message });
      if (wanted.fault || fault) {
        expect(fault?.code, where).toBe(wanted.fault);
        continue;
      }
      if (!reply?.words) throw new Error(`${where}: a reply without words`);
      check(reply.move, reply.words, wanted, last, where);
      last = reply.move.offers.at(-1) ?? last;
    }
  } finally {
    peer.close();
  }
  return { turns: dialogue.turns.length, session };
}

function filled(act: object | undefined, offer: Move["offers"][number] | undefined): object {
  const text = JSON.stringify(act)
    .replaceAll('"$offer"', JSON.stringify(offer?.id ?? "none"))
    .replaceAll('"$hash"', JSON.stringify(offer?.hash ?? "none"));
  return Act.parse(JSON.parse(text));
}

function check(
  move: Move,
  words: Words,
  wanted: z.infer<typeof Expect>,
  last: Move["offers"][number] | undefined,
  where: string,
): void {
  const shown = `${where}\n  said: ${words.text}\n  move: ${JSON.stringify({ ...move, offers: move.offers.length, citations: [] }).slice(0, 800)}`;
  if (wanted.act) expect([wanted.act].flat(), shown).toContain(move.act);
  if (wanted.reasons) expect(move.reasons, shown).toEqual(expect.arrayContaining(wanted.reasons));
  if (wanted.ask !== undefined) expect(move.ask, shown).toBe(wanted.ask);
  if (wanted.offers !== undefined) expect(move.offers.length, shown).toBe(wanted.offers);
  if (wanted.results)
    expect(
      move.results.map((card) => card.sku),
      shown,
    ).toEqual(wanted.results);
  if (wanted.shows)
    expect(
      move.results.map((card) => card.sku),
      shown,
    ).toEqual(expect.arrayContaining(wanted.shows));
  if (wanted.cites)
    expect(
      move.citations.map((cited) => cited.fact),
      shown,
    ).toEqual(expect.arrayContaining(wanted.cites));
  if (wanted.unanswered !== undefined)
    expect(
      move.answers.some((answer) => answer.facts.length === 0),
      shown,
    ).toBe(wanted.unanswered);
  if (wanted.intent) expect(move.intents.at(-1)?.status, shown).toBe(wanted.intent.status);
  if (wanted.intents !== undefined) expect(move.intents.length, shown).toBe(wanted.intents);
  if (wanted.lang) expect(words.lang, shown).toBe(wanted.lang);
  for (const part of wanted.text?.contains ?? []) expect(words.text, shown).toContain(part);
  for (const part of wanted.text?.not ?? []) expect(words.text, shown).not.toContain(part);
  for (const part of wanted.speech?.contains ?? []) expect(words.speech, shown).toContain(part);
  for (const part of wanted.speech?.not ?? []) expect(words.speech, shown).not.toContain(part);
  if (wanted.speech?.longest !== undefined)
    expect(words.speech.length, `${shown}\n  spoken: ${words.speech}`).toBeLessThanOrEqual(
      wanted.speech.longest,
    );
  expect(`${words.text} ${words.speech} ${words.reprompt}`, shown).not.toMatch(NEVER_SAID);
  if (wanted.offer) checkOffer(move.offers[0], wanted.offer, last, shown);
}

function checkOffer(
  offer: Move["offers"][number] | undefined,
  wanted: NonNullable<z.infer<typeof Expect>["offer"]>,
  last: Move["offers"][number] | undefined,
  shown: string,
): void {
  if (!offer) expect.fail(`an offer was expected: ${shown}`);
  const goods = offer.lines.filter((line) => !line.gift);
  if (wanted.skus) expect(goods.map((line) => line.sku).sort(), shown).toEqual([...wanted.skus].sort());
  if (wanted.quantity !== undefined) expect(goods[0]?.quantity, shown).toBe(wanted.quantity);
  if (wanted.unit_price !== undefined) within(goods[0]?.unit_price ?? -1, wanted.unit_price, shown);
  if (wanted.total !== undefined) within(offer.totals.total, wanted.total, shown);
  if (wanted.delivery_fee !== undefined) within(offer.terms.delivery.fee, wanted.delivery_fee, shown);
  for (const issue of ["delivery", "warranty", "payment", "returns"] as const) {
    if (wanted[issue] !== undefined) expect(offer.terms[issue].id, shown).toBe(wanted[issue]);
  }
  if (wanted.subscription !== undefined)
    expect(offer.terms.subscription?.id ?? null, shown).toBe(wanted.subscription);
  if (wanted.discounts)
    expect(
      offer.discounts.map((each) => each.kind),
      shown,
    ).toEqual(expect.arrayContaining(wanted.discounts));
  if (wanted.final !== undefined) expect(offer.final, shown).toBe(wanted.final);
  if (wanted.cheaper) expect(offer.totals.total, shown).toBeLessThan(last?.totals.total ?? 0);
}

/** Hanja and kana, and what a program says when it has nothing to say. */
const NEVER_SAID = /[\u3040-\u30ff\u3400-\u9fff]|undefined|NaN|\[object|"(?:that|offer)"/;

function within(figure: number, wanted: z.infer<typeof Figure>, shown: string): void {
  if (typeof wanted === "number") expect(figure, shown).toBe(wanted);
  else {
    expect(figure, shown).toBeGreaterThanOrEqual(wanted.gte ?? 0);
    expect(figure, shown).toBeLessThanOrEqual(wanted.lte ?? Number.MAX_SAFE_INTEGER);
  }
}
