import { formatMoney } from "../domain/money.ts";
import type { Difference, Measure } from "./simulate-figures.ts";
import type { Report } from "./simulate-report.ts";

/** What a trial says, in plain sentences, the most important first. */
export function verdictOf(report: Report): string[] {
  return [...(report.differences ? comparison(report) : summary(report)), ...asides(report)];
}

/** Fewer visitors than this show little whatever the intervals say. */
const FEW = 200;

function summary({ new_policy, currency }: Report): string[] {
  const discount =
    new_policy.discount === null ? "" : `, with ${share(new_policy.discount)} of the list price given away`;
  return [
    `Closes ${share(new_policy.close)} of visits${discount}.`,
    `Earns ${cash(new_policy.margin, currency)} of contribution margin a hundred visitors${
      new_policy.margin_share === null ? "" : `, ${share(new_policy.margin_share)} of revenue`
    }.`,
    `In ${share(new_policy.missed)} of visits no deal came about although one was possible above the floor.`,
  ];
}

/** How one difference is said; `amount` is without its sign. */
interface Phrase {
  readonly measure: Measure;
  amount(value: number, currency: string): string;
  more(amount: string): string;
  less(amount: string): string;
  readonly same: string;
}

const points = (value: number) => (value * 100).toFixed(1);

const PHRASES: readonly Phrase[] = [
  {
    ...{ measure: "margin", amount: cash, same: "Earns the same" },
    more: (amount) => `Earns ${amount} more a hundred visitors`,
    less: (amount) => `Earns ${amount} less a hundred visitors`,
  },
  {
    ...{ measure: "close", amount: points, same: "Closes as much" },
    more: (amount) => `Closes ${amount} points more`,
    less: (amount) => `Closes ${amount} points less`,
  },
  {
    ...{ measure: "discount", amount: points, same: "Gives as much discount" },
    more: (amount) => `Gives ${amount} points more discount`,
    less: (amount) => `Gives ${amount} points less discount`,
  },
  {
    ...{ measure: "missed", amount: points, same: "Misses as many deals that were possible" },
    more: (amount) => `Misses a possible deal in ${amount} points more of visits`,
    less: (amount) => `Misses a possible deal in ${amount} points less of visits`,
  },
  {
    ...{ measure: "rounds", amount: (value) => value.toFixed(1), same: "Takes as many rounds" },
    more: (amount) => `Takes ${amount} more rounds`,
    less: (amount) => `Takes ${amount} fewer rounds`,
  },
];

function comparison({ differences, currency }: Report): string[] {
  return PHRASES.flatMap((phrase) => {
    const difference = differences?.[phrase.measure];
    return difference ? [compared(phrase, difference, currency)] : [];
  });
}

function compared({ amount, more, less, same }: Phrase, d: Difference, currency: string): string {
  const size = (value: number) => amount(Math.abs(value), currency);
  if ([d.mean, d.low, d.high].every((value) => size(value) === size(0))) return `${same}.`;
  const signed = (value: number) => `${value < 0 && size(value) !== size(0) ? "-" : ""}${size(value)}`;
  const said = (d.mean < 0 ? less : more)(size(d.mean));
  const chance = d.low <= 0 && d.high >= 0 ? ", which may be chance" : "";
  return `${said}${chance} (95% interval ${signed(d.low)} to ${signed(d.high)}).`;
}

function asides({ kinds, visitors, new_policy, uncosted, refused, thinnest, currency }: Report): string[] {
  const worst = thinnest[0];
  return [
    ...(worst && worst.margin < 0
      ? [
          `The worst deal loses ${cash(-worst.margin, currency)}: ${worst.goods}. A floor below cost, or terms that cost more than they bring, allow it.`,
        ]
      : []),
    kinds.alike === 1
      ? "Machines and people were sent the same offers."
      : `Machines and people were sent other offers in ${share(1 - kinds.alike)} of visits: the policy treats them differently.`,
    ...(uncosted > 0
      ? [
          `${uncosted} of ${new_policy.deals} deals hold goods that state no cost: their margin is what is left above the floor.`,
        ]
      : []),
    ...(refused.length > 0 ? [`Messages were refused, which should not be: ${refused.join("; ")}`] : []),
    ...(visitors < FEW ? [`${visitors} visitors are few: take more before you decide anything.`] : []),
  ];
}

export function share(value: number): string {
  return `${(value * 100).toFixed(1)}%`;
}

/** "$1,299.00", "-$5.00": rounded to the smallest unit. */
export function cash(amount: number, currency: string): string {
  const whole = Math.round(amount);
  return whole < 0 ? `-${formatMoney(-whole, currency, "en")}` : formatMoney(whole, currency, "en");
}
