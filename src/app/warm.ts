import { schemaOf } from "../asking/schema.ts";
import type { EventOf } from "../domain/event.ts";
import type { Call, Question } from "../domain/question.ts";
import { QUESTIONS, type QuestionName } from "../domain/questions/index.ts";
import { initial } from "../domain/state.ts";
import type { Lang } from "../domain/text.ts";
import type { Prompts } from "../ports/prompts.ts";
import type { Policy } from "../session/house.ts";
import type { Agent } from "../turn/agent.ts";
import { type TurnPorts, turn } from "../turn.ts";

/**
 * Walks one turn in each language that asks nobody and stores nothing: patterns are compiled, word lists read and
 * schemas made before the first buyer waits for them. Between the walks the event loop turns.
 */
export async function warm(agent: Agent, prompts: Prompts, policy: Policy): Promise<void> {
  for (const name of Object.keys(QUESTIONS) as QuestionName[]) schemaOf(name);
  // The first request of a process loads what fetch is made of.
  void new Request("http://127.0.0.1/");
  for (const lang of ["en", "ko"] as const) {
    for (const text of SAID[lang]) {
      await new Promise((resolve) => setImmediate(resolve));
      const state = initial(opened(lang, policy), 1);
      const context = { session: "ses_warm", state, at: AT, ...policy, streams: true, agent };
      await turn({ id: "warm", text }, context, nowhere(lang, prompts)).catch(() => {});
    }
  }
}

/** A question that the vendor's terms answer, and one that a model is asked to read. */
const SAID: Readonly<Record<Lang, readonly string[]>> = {
  en: [
    "How long is the warranty, and what does delivery cost?",
    "my back has seen better days, to be honest",
  ],
  ko: ["보증 기간이 얼마나 되고 배송비는 얼마인가요?", "요즘 허리가 영 예전 같지 않아서 말이죠"],
};

const ANSWER: Readonly<Record<Lang, string>> = {
  en: "The warranty is 12 months. Delivery takes 3 days and costs $5.00, guaranteed.",
  ko: "보증 기간은 12개월이에요. 배송은 3일 걸리고 배송비는 5,000원이에요.",
};

const AT = "2030-01-01T00:00:00.000Z";

function opened(lang: Lang, { vendor }: Policy): EventOf<"opened"> {
  const [currency = "USD", ship_to = { country: "US" }] = Object.entries(vendor.default_ship_to)[0] ?? [];
  return {
    ...{ kind: "opened", at: AT, lang, currency, ship_to, rounds: vendor.rounds, channel: "chat" },
    party: { principal: "anonymous", kind: "person", tier: "anonymous" },
  };
}

/** Finds nothing, keeps nothing, signs nothing; a model is played by one sentence. */
function nowhere(lang: Lang, prompts: Prompts): TurnPorts {
  return {
    attended: async () => false,
    find: async (lookup) => ({ lookup, entries: [], stock: {}, partial: false }),
    ask: async (question, hear) => {
      prompts.prompt(question.prompt).render(question);
      (hear as ((partial: object) => void) | undefined)?.({ text: ANSWER[lang], speech: "" });
      return { ok: false, why: "missing", partial: null, call: callOf(question) };
    },
    sign: async () => "",
    commit: async () => "appended",
    speak: async () => ({
      cut: new AbortController().signal,
      say: () => {},
      end: async (words) => ({ words, interrupted: false }),
    }),
  };
}

function callOf({ prompt }: Question): Call {
  return {
    ...{ prompt, version: 0, hash: "", inputs: "", model: "", outcome: "missing", requests: 0 },
    ...{ repaired: false, tokens: null, micro_usd: null, ms: 0 },
  };
}
