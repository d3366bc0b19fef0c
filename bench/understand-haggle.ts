import { type Act, type Reading, SURE } from "../src/domain/act.ts";
import { initial, type State } from "../src/domain/state.ts";
import { read } from "../src/understanding/read.ts";
import { NOW, offerOf } from "./understand-stage.ts";

export type Role = "buyer" | "seller";

/** Haggling over one thing, in whole dollars. */
export interface Dialogue {
  readonly id: string;
  readonly title: string;
  readonly list: number;
  readonly words: string;
  readonly messages: readonly { readonly role: Role; readonly text: string }[];
  /** The price both signed by form; null where they did not. */
  readonly closed: number | null;
}

/** A message and what the reader made of it. */
export interface Turn {
  readonly role: Role;
  readonly text: string;
  readonly reading: Reading;
  /** The price proposed, or taken by a yes; cents. */
  readonly price: number | null;
  readonly yes: boolean;
  /** The other side's last price, as the reader has it; cents. */
  readonly table: number | null;
}

/** What was agreed on when the forms came out, or else named last; cents. */
export interface Haggled {
  readonly turns: readonly Turn[];
  readonly agreed: number | null;
}

/** Reads turn by turn: the other side's last price stands as the live offer, the speaker's own as the last proposal. */
export function haggled(dialogue: Dialogue): Haggled {
  const last: Record<Role, number | null> = { buyer: null, seller: null };
  const turns: Turn[] = [];
  let agreed: number | null = null;
  for (const { role, text } of dialogue.messages) {
    const other = role === "buyer" ? "seller" : "buyer";
    const table = last[other];
    const reading = read(text, { state: stateOf(dialogue, table, last[role]), now: NOW });
    const sure = reading.unsure === undefined && reading.confidence >= SURE.act;
    const acts = sure ? reading.acts : [];
    const yes = acts.some(({ act }) => act === "accept" || act === "confirm");
    const price = yes ? table : priceIn(acts, table ?? dialogue.list * 100);
    turns.push({ role, text, reading, price, yes, table });
    if (price !== null) {
      last[role] = price;
      agreed = price;
    }
  }
  return { turns, agreed };
}

function priceIn(acts: readonly Act[], from: number): number | null {
  const act = acts.find((one) => one.act === "propose");
  if (act?.act !== "propose") return null;
  if (act.off_bp !== undefined) return Math.round((from * (10_000 - act.off_bp)) / 10_000);
  return act.total ?? act.lines?.find(({ unit_price }) => unit_price !== undefined)?.unit_price ?? null;
}

const OPENED = initial(
  {
    ...{ kind: "opened", at: NOW, lang: "en", currency: "USD", channel: "chat", rounds: 8 },
    party: { principal: "p", kind: "person", tier: "anonymous" },
    ship_to: { country: "US" },
  },
  1,
);
const THING = "THING";

function stateOf({ title, list }: Dialogue, table: number | null, own: number | null): State {
  const offer =
    table === null
      ? null
      : offerOf(
          { lines: [{ sku: THING, quantity: 1, unit_price: table }], total: table },
          "USD",
          OPENED.ship_to,
          () => title,
        );
  return {
    ...OPENED,
    ...{ seq: 4, replied: 4, round: offer ? 1 : 0, that: THING },
    standings: offer ? [{ offer, status: "live", seq: 4, heard: true }] : [],
    focus: [{ sku: THING, price: table ?? list * 100 }],
    proposals:
      own === null ? [] : [{ lines: [{ sku: THING, unit_price: own }], remove: [], terms: {}, codes: [] }],
  };
}
