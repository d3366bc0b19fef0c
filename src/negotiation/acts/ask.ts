import type { Act } from "../../domain/act.ts";
import { inLang } from "../../domain/text.ts";
import type { Input, Outcome } from "../input.ts";
import { keptPending } from "../readback.ts";

/** Whether a person or a machine speaks here: the one thing about the shop that no source has to say. */
export function asksWhoSpeaks(act: Act): boolean {
  return act.act === "ask" && act.topic === "human" && act.item === undefined;
}

/** A question: the answers are the evidence's; what is not known is said to be unknown. */
export function ask(input: Input): Outcome {
  const { evidence } = input;
  if (evidence.answers.length === 0 && evidence.unresolved.length > 0) return whichItem(input);
  const asked = evidence.acts.filter((act) => act.act === "ask");
  if (asked.length > 0 && asked.every(asksWhoSpeaks))
    return { move: { act: "inform", reasons: [], ...keptPending(input) } };
  const known = evidence.answers.some((answer) => answer.facts.length > 0);
  const gap = evidence.answers.some((answer) => answer.facts.length === 0) || evidence.answers.length === 0;
  return {
    move: {
      act: known ? "inform" : "unknown",
      reasons: [
        ...(gap && !evidence.partial ? ["not_stated" as const] : []),
        ...(evidence.partial ? ["search_incomplete" as const] : []),
      ],
      ...keptPending(input),
    },
  };
}

/** Asks which product is meant, or says that there is none. */
export function whichItem({ evidence, state }: Input): Outcome {
  const several = evidence.unresolved.find((one) => one.choices.length > 0);
  if (several) {
    const choices = several.choices
      .slice(0, 8)
      .map(({ product }) => inLang(product.title, state.lang).slice(0, 400));
    const again = state.ask === "choice" && choices.join("\n") === state.choices.join("\n");
    if (again && named(state, several.words)) return unmatched(several.words, choices);
    const reason = choices.length > 1 ? ("ambiguous_item" as const) : ("nearest_only" as const);
    return { move: { act: "clarify", reasons: [reason], ask: "choice", choices } };
  }
  const choices = evidence.unresolved.slice(0, 8).map((one) => one.words.slice(0, 400));
  const sought = choices.filter((words) => words !== "");
  const unknown = sought.length > 0 ? (["unknown_product"] as const) : [];
  return { move: { act: "clarify", reasons: [...unknown], ask: "item", choices: sought } };
}

/** Whether the latest message has these words; else it only adds a price or a term to what was said before. */
function named({ recent }: Input["state"], words: string): boolean {
  const latest = recent.findLast(({ by }) => by === "counterpart")?.text ?? "";
  return words !== "" && latest.toLowerCase().includes(words.toLowerCase());
}

/** The answer fits none of what was just to choose from: the same question word for word would only go round. */
function unmatched(words: string, choices: string[]): Outcome {
  if (choices.length > 1)
    return { move: { act: "clarify", reasons: ["not_understood"], ask: "choice", choices } };
  return {
    move: { act: "clarify", reasons: ["unknown_product"], ask: "item", choices: [words.slice(0, 400)] },
  };
}
