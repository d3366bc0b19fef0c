import type { ActName, ActOf } from "../../domain/act.ts";
import type { Input, Outcome } from "../input.ts";
import { accept } from "./accept.ts";
import { ask } from "./ask.ts";
import { cancelOrder } from "./cancel.ts";
import { compare } from "./compare.ts";
import { confirm } from "./confirm.ts";
import { handoff, leaveContact } from "./handoff.ts";
import { inform } from "./inform.ts";
import { greet, help, leave, thank, withdraw } from "./manners.ts";
import { propose } from "./propose.ts";
import { reject } from "./reject.ts";
import { search } from "./search.ts";
import { orderStatus } from "./status.ts";

type Handler<N extends ActName> = (input: Input, act: ActOf<N>) => Outcome;

/** One handler for each act. */
export const HANDLERS: { readonly [N in ActName]: Handler<N> } = {
  propose,
  accept,
  confirm,
  cancel_order: cancelOrder,
  reject,
  inform,
  withdraw,
  compare,
  search,
  order_status: orderStatus,
  ask,
  handoff,
  ask_person: handoff,
  leave_contact: leaveContact,
  leave,
  help,
  thank,
  greet,
};

/** What matters to them, said and nothing asked for, stands by itself among the acts: almost anything comes before it. */
export type Doing = ActName | "tell";

/**
 * Of several acts in one message the first of these decides what is done; questions among the rest are answered with
 * it. A yes together with a proposal is a yes on a condition, so the proposal comes first; and nobody who orders, asks
 * or haggles in the same breath is taken to be leaving.
 */
export const PRECEDENCE: readonly Doing[] = [
  "propose",
  "accept",
  "confirm",
  "cancel_order",
  "handoff",
  "ask_person",
  "leave_contact",
  "inform",
  "compare",
  "search",
  "order_status",
  "ask",
  "tell",
  "leave",
  "reject",
  "withdraw",
  "help",
  "thank",
  "greet",
];

/** Acts that change nothing, so that a doubtful reading of them may be acted on when there is an answer. */
export const HARMLESS: ReadonlySet<ActName> = new Set(["ask", "search", "compare", "greet", "thank", "help"]);
