import type { Asker } from "../asking/asker.ts";
import { BOUNDS } from "../domain/bounds.ts";
import { formatMoney } from "../domain/money.ts";
import type { Offer } from "../domain/offer.ts";
import type { Question } from "../domain/question.ts";
import type { Buyer } from "./buyers.ts";
import type { Answered, Conversation, Say, Sent } from "./buyers-talk.ts";

/**
 * A buyer whose words a model finds. What it accepts is decided by code: when the model is done, the cheapest live offer
 * within its budget is taken by id and hash, or it leaves. Where the model gives no answer the conversation ends.
 */
export async function converseByModel(
  buyer: Buyer,
  say: Say,
  asker: Asker,
  seed: number,
): Promise<Conversation> {
  const turns: { sent: Sent; answered: Answered }[] = [];
  const purse = asker.purse({ questions: 0, tokens: 0, micro_usd: 0 });
  let last: Answered | null = null;
  let offers: readonly Offer[] = [];
  let done = false;
  for (let n = 1; n <= buyer.patience && !done; n++) {
    purse.turn();
    const asked = await asker.ask(question(buyer, offers, last, n), {
      ...{ purse, within_ms: BOUNDS.call_ms },
      signal: AbortSignal.timeout(BOUNDS.call_ms),
    });
    if (!asked.ok) break;
    ({ done } = asked.answer);
    const text = asked.answer.say.trim().slice(0, BOUNDS.text_chars);
    if (done || text === "") break;
    last = await say({ say: text });
    turns.push({ sent: { say: text }, answered: last });
    if (last.move && last.move.offers.length > 0) ({ offers } = last.move);
  }
  const best = offers
    .filter((offer) => suits(offer, buyer))
    .toSorted((a, b) => a.totals.total - b.totals.total)[0];
  const deals: Conversation["deals"][number][] = [];
  if (best && done) {
    const sent: Sent = { act: { act: "accept", offer: best.id, hash: best.hash, details: buyer.details } };
    const answered = await say(sent);
    turns.push({ sent, answered });
    const list = best.lines.reduce((sum, line) => sum + (line.gift ? 0 : line.list_price * line.quantity), 0);
    if (answered.move?.intents.some(({ offer }) => offer === best.id))
      deals.push({ sku: best.lines[0]?.sku ?? "", total: best.totals.total, list, rounds: turns.length - 1 });
  }
  const leave: Sent = { act: { act: "leave" } };
  turns.push({ sent: leave, answered: await say(leave) });
  const ended =
    deals.length > 0
      ? deals.length === buyer.needs.length
        ? "agreed"
        : "partly"
      : done
        ? "left"
        : "impatient";
  return { buyer: buyer.id, seed, turns, ended, deals };
}

/** Everything the model is told: who it is, what lies on the table, and what the vendor last said. */
export function question(
  buyer: Buyer,
  offers: readonly Offer[],
  last: Answered | null,
  n: number,
): Question<"buy"> {
  const money = (amount: number) => formatMoney(amount, buyer.currency, buyer.lang);
  const needs = buyer.needs.map(
    ({ query, quantity, target, budget }) =>
      `- ${quantity} x ${query}: would like to pay ${money(target * quantity)}, at most ${money(budget * quantity)}, all in`,
  );
  const table = offers.map(
    ({ id, lines, totals, terms, final }) =>
      `- ${id}: ${lines.map(({ quantity, title }) => `${quantity} x ${title}`).join(", ")}; ${money(totals.total)} all in; delivered in ${terms.delivery.days_min} to ${terms.delivery.days_max} days; ${terms.warranty.months} months of warranty${final ? "; final" : ""}`,
  );
  return {
    prompt: "buy",
    given: {
      language: buyer.lang === "ko" ? "Korean" : "English",
      profile: [
        buyer.about,
        `Style: ${buyer.style}, ${buyer.honest ? "honest" : "says what is not so to get its way"}`,
        ...needs,
      ].join("\n"),
      questions: buyer.questions.join("\n"),
      table: table.join("\n"),
      turn: `${n} of ${buyer.patience}`,
    },
    heard: { vendor: last?.words?.text ?? last?.fault?.message ?? "" },
  };
}

function suits({ lines, totals }: Offer, { needs }: Buyer): boolean {
  const units = lines.reduce((sum, line) => sum + (line.gift ? 0 : line.quantity), 0);
  return needs.some(({ quantity, budget }) => quantity === units && totals.total <= budget * quantity);
}
