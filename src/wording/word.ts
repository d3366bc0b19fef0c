import type { Move, Words } from "../domain/reply.ts";
import { inLang } from "../domain/text.ts";
import { LANGUAGES } from "./languages.ts";
import { speechText } from "./speech.ts";
import type { Context, Question } from "./templates.ts";
import { writtenText } from "./written.ts";

/**
 * Words for a move, from templates alone: `text` to read, `speech` to be spoken, `reprompt` for after silence.
 * Says nothing that is not in the move or in the vendor's public half. Amounts are the move's, never worked out here.
 */
export function word(move: Move, context: Context): Words {
  const question = questionOf(move, context);
  // Machines read `ask`; to be asked politely costs them tokens.
  const written = context.channel === "agent" && move.ask === null ? "" : question.ask;
  return {
    lang: context.lang,
    text: writtenText(move, written, context),
    speech: speechText(move, question.ask, context),
    reprompt: question.again,
  };
}

/** The one question of a reply: what the move asks for, else what its act leads to. */
function questionOf(move: Move, context: Context): Question {
  const { asks, closings, packages, town } = LANGUAGES[context.lang];
  if (move.ask === "ship_to" && move.reasons.includes("address_incomplete")) return town;
  if (move.ask !== null) return asks[move.ask];
  switch (move.act) {
    case "greet":
      return asksAlready(inLang(context.vendor.greeting, context.lang))
        ? { ...closings.greet, ask: "" }
        : closings.greet;
    case "clarify":
      return closings.clarify;
    case "results":
    case "comparison":
      return move.results.length > 0 ? closings[move.act] : closings.decline;
    case "offer":
    case "counter":
    case "final_offer":
    case "decline":
      if (move.offers.length > 1) return packages.closing;
      if (move.offers.length === 0) return closings.decline;
      return move.act === "decline" ? closings.offer : closings[move.act];
    default:
      return closings[move.act];
  }
}

function asksAlready(greeting: string): boolean {
  return /[?？]\s*$/.test(greeting);
}
