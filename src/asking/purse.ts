import { BOUNDS } from "../domain/bounds.ts";
import type { Purse, Spent } from "./asker.ts";

/** How far one session may go. Money is bounded only where the price of a model is known. */
export interface PurseBounds {
  readonly turn_questions: number;
  readonly turn_tokens: number;
  readonly session_questions: number;
  readonly session_tokens: number;
  /** Millionths of a US dollar; null for no bound. */
  readonly session_micro_usd: number | null;
}

export const PURSE_BOUNDS: PurseBounds = {
  turn_questions: BOUNDS.turn_questions,
  turn_tokens: BOUNDS.turn_tokens,
  session_questions: BOUNDS.session_questions,
  session_tokens: BOUNDS.session_tokens,
  session_micro_usd: null,
};

export interface Cost {
  readonly tokens: number;
  readonly micro_usd: number;
}

/** What one request may cost at most, held back until what it did cost is known. */
export interface Held {
  settle(cost: Cost): void;
  /** Nothing was sent. */
  release(): void;
}

/** A purse that can be paid from. A question counts once, with its first request. */
export class Wallet implements Purse {
  readonly #bounds: PurseBounds;
  readonly #session: Account;
  #turn: Account = { questions: 0, tokens: 0, micro_usd: 0 };

  constructor(bounds: PurseBounds, spent: Spent) {
    this.#bounds = bounds;
    this.#session = { ...spent };
  }

  turn(): void {
    this.#turn = { questions: 0, tokens: 0, micro_usd: 0 };
  }

  /** Holds back what the request may cost, or says which bound it would pass. */
  hold(cost: Cost, first: boolean): Held | string {
    // A request that ends after the next turn began is paid by the turn that sent it.
    const turn = this.#turn;
    const session = this.#session;
    const bounds = this.#bounds;
    if (first && turn.questions >= bounds.turn_questions) return "questions of the turn";
    if (first && session.questions >= bounds.session_questions) return "questions of the session";
    if (turn.tokens + cost.tokens > bounds.turn_tokens) return "tokens of the turn";
    if (session.tokens + cost.tokens > bounds.session_tokens) return "tokens of the session";
    const money = bounds.session_micro_usd;
    if (money !== null && session.micro_usd + cost.micro_usd > money) return "money of the session";
    const accounts = [turn, session];
    for (const account of accounts) {
      if (first) account.questions += 1;
      account.tokens += cost.tokens;
      account.micro_usd += cost.micro_usd;
    }
    const settle = (actual: Cost) => {
      for (const account of accounts) {
        account.tokens += actual.tokens - cost.tokens;
        account.micro_usd += actual.micro_usd - cost.micro_usd;
      }
    };
    return {
      settle,
      release: () => {
        settle({ tokens: 0, micro_usd: 0 });
        if (first) for (const account of accounts) account.questions -= 1;
      },
    };
  }
}

interface Account {
  questions: number;
  tokens: number;
  micro_usd: number;
}
