import { namedCard } from "../domain/card.ts";
import type { Message } from "../domain/event.ts";
import type { Move } from "../domain/reply.ts";

/** Says first of all that a card number was taken out of the message; at most six reasons are ever given. */
export function warned(move: Move, message: Message): Move {
  return namedCard(message) ? { ...move, reasons: ["card_masked", ...move.reasons.slice(0, 5)] } : move;
}
