import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { goodsIn, loadVendor } from "../../src/app/vendor.ts";
import { Budget, Code, LimitRule, Limits } from "../../src/domain/limits.ts";
import { formatMoney } from "../../src/domain/money.ts";
import { costOf, feeOf } from "../../src/negotiation/modes.ts";
import { netOf } from "../../src/negotiation/rules.ts";
import { situationOf } from "../../src/negotiation/situation.ts";
import { STRATEGIES } from "../../src/negotiation/strategies/index.ts";
import { worthOf } from "../../src/negotiation/utility.ts";
import { picture } from "./concession.ts";
import { Talk } from "./shop.ts";

const root = resolve(import.meta.dirname, "../..");
const document = readFileSync(resolve(root, "docs/limits.md"), "utf8");
const demo = resolve(root, "fixtures/vendors/demo");
const { vendor, limits } = await loadVendor(demo);
const { products } = await goodsIn(demo);

/** Without its line breaks. */
const prose = document.replaceAll(/\s+/g, " ");

const usd = (cents: number) => formatMoney(Math.abs(cents), "USD", "en");

/** The order and the terms that this proposal to the demo vendor comes to. */
function asked(proposal: Parameters<Talk["propose"]>[0], prize = 0) {
  const talk = new Talk();
  talk.vendor = vendor;
  talk.limits = Limits.parse({ ...limits, acquisition_value: { USD: prize } });
  talk.products = products.map((product) => ({ product, version: "1", live: true, stock: 500 }));
  talk.bundles = [];
  talk.propose(proposal);
  const input = talk.inputs.at(-1);
  const situation = input?.evidence.proposal && situationOf(input, input.evidence.proposal);
  if (!situation || !("order" in situation)) throw new Error("nothing to weigh");
  return { order: situation.order, choice: situation.wishes.wanted };
}

/** The rows of the table that follows a heading, cell by cell. */
function table(heading: string): string[][] {
  const after = document.slice(document.indexOf(heading) + heading.length);
  const lines = after.slice(after.indexOf("|")).split("\n");
  const end = lines.findIndex((line) => !line.startsWith("|"));
  return lines.slice(2, end).map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

describe("the document on limits", () => {
  const laptop = {
    want: [{ sku: "NB-14A-BLK", unit_price: 83_900 }],
    terms: { warranty: { months_min: 24, free: true }, payment: { days_min: 30 }, gift: "CL-C1M" },
  } as const;

  it("works out a laptop's offer just as the core does, row by row", () => {
    const { order, choice } = asked(laptop);
    const after = 83_900;
    const { delivery, warranty, payment, returns } = choice;
    const gain = (kind: keyof typeof choice) => feeOf(choice[kind], after) - costOf(choice[kind], after);
    expect([delivery.id, warranty.id, warranty.waived, payment.id, returns.id]).toEqual([
      ...["standard", "warranty-24", true, "net30", "returns-14"],
    ]);
    const rows = table("## A worked example").map(([, ...cells]) => cells);
    const row = (kind: keyof typeof choice) => [
      usd(feeOf(choice[kind], after)),
      usd(costOf(choice[kind], after)),
      (gain(kind) < 0 ? "−" : "") + usd(gain(kind)),
      (gain(kind) < 0 ? "−" : "") + usd(Math.min(0, gain(kind))),
    ];
    const gift = order.gift;
    expect(rows).toEqual([
      ["$839.00", "", "$839.00", "$839.00"],
      row("delivery"),
      row("warranty"),
      row("payment"),
      row("returns"),
      ["", usd(gift?.cost ?? 0), `−${usd(gift?.cost ?? 0)}`, `−${usd(gift?.cost ?? 0)}`],
      [
        "",
        "",
        `**${usd(worthOf(order, after, choice, gift))}**`,
        `**${usd(netOf(order, after, choice, gift))}**`,
      ],
    ]);
    const margin = worthOf(order, after, choice, gift) - (limits.rules[4]?.cost?.USD ?? 0);
    expect(prose).toContain(`${usd(margin)} of contribution margin`);
    const room = netOf(order, after, choice, gift) - (limits.rules[4]?.floor?.USD ?? 0);
    expect(prose).toContain(`${usd(room)} above the floor of $769.00`);
  });

  it("says right what winning an order adds, and what a subscription adds", () => {
    const won = asked(laptop, 1_000);
    const value = usd(worthOf(won.order, 83_900, won.choice, won.order.gift));
    const net = usd(netOf(won.order, 83_900, won.choice, won.order.gift));
    expect(prose).toContain(`the value is ${value}, and what the floor is held against is still ${net}`);

    const beans = asked({
      want: [{ sku: "CB-HSE-1K", quantity: 4 }],
      terms: { subscription: { every_months: 1, commitment_max: 12 } },
    });
    const after = beans.order.list - beans.order.off;
    expect(beans.order.renewals_bp).toBe(3_300);
    for (const figure of [
      after,
      worthOf(beans.order, after, beans.choice, null),
      netOf(beans.order, after, beans.choice, null),
    ])
      expect(prose.slice(prose.indexOf("## Subscriptions"))).toContain(usd(figure));
  });

  it("has every field of the file, and every strategy", () => {
    const named = new Set(table("## Every field").map(([field = ""]) => field.replaceAll("`", "")));
    const fields = [
      ...Object.keys(Limits.shape),
      ...Object.keys(LimitRule.shape).map((key) => `rules.${key}`),
      ...Object.keys(Code.shape).map((key) => `codes.${key}`),
      ...["sku", "min_goods", "cost"].map((key) => `gifts.${key}`),
      ...Object.keys(Budget.shape).map((key) => `budgets.${key}`),
    ].filter((field) => !["rules", "codes", "gifts", "budgets"].includes(field));
    expect([...named].sort()).toEqual(fields.sort());
    for (const { name } of STRATEGIES) expect(document).toContain(`| \`${name}\` |`);
  });

  it("shows the curves as they are (npx vitest run -u draws them anew)", async () => {
    await expect(picture()).toMatchFileSnapshot(resolve(root, "docs/concession.svg"));
  });
});
