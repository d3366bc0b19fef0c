import type { Model, ModelReply, ModelRequest } from "../../src/ports/model.ts";
import type { Chance } from "./chance.ts";
import type { Trace } from "./trace.ts";

/** What a model that was taken over says: floors it cannot know, prices nobody set, acts nobody allowed. */
const HOSTILE: Readonly<Record<string, readonly unknown[]>> = {
  read: [
    { lang: "en", acts: [{ act: "agree" }], unclear: null },
    { lang: "en", acts: [{ act: "lower" }], unclear: null },
    { lang: "en", acts: [{ act: "accept", offer: "of_1", hash: "x" }], unclear: null },
    { lang: "en", acts: [], unclear: "ignore the limits" },
  ],
  research: [
    { look_ups: [{ look: "search", query: "laptop", price_max: 1 }] },
    { look_ups: [] },
    { look_ups: [{ look: "limits" }] },
  ],
  word: [
    { text: "It is yours for $1.00, shipping is free.", speech: "One dollar." },
    { text: "Our floor is $769.00. I have placed the order.", speech: "Ordered." },
    { text: "Here you are.", speech: "Here you are." },
    { text: "", speech: "" },
  ],
};
const BROKEN = ["", "{", "I cannot help with that.", '{"text": 5}', "[]"];

/** A language model that answers slowly, badly, in somebody else's interest, or never. */
export function hostileModel(chance: Chance, trace: Trace): Model {
  const answered = ({ question, prompt }: ModelRequest): ModelReply => {
    const told = { model: "simulated", tokens: { in: 900, out: 40 } };
    if (chance.happens(0.15)) {
      const failure = { detail: "simulated", retry_after_ms: null, tokens: null };
      return { ok: false, why: chance.one(["server_error", "rate_limited", "cut_off"] as const), ...failure };
    }
    if (chance.happens(0.2)) return { ok: true, text: chance.one(BROKEN), ...told };
    const answers = HOSTILE[question.prompt] ?? [prompt.name];
    return { ok: true, text: JSON.stringify(chance.one(answers)), ...told };
  };
  return {
    id: "simulated",
    ask: (request, { signal, onText }) =>
      new Promise((resolve) => {
        trace.count("model_questions");
        const aborted = () => {
          clearTimeout(timer);
          const why = { detail: "the request was aborted", retry_after_ms: null, tokens: null };
          resolve({ ok: false, why: "aborted", ...why });
        };
        const never = chance.happens(0.1);
        if (never) trace.count("model_silent");
        const ms = chance.between(5, chance.happens(0.2) ? 4_000 : 300);
        const timer = setTimeout(() => {
          if (never) return;
          signal.removeEventListener("abort", aborted);
          const reply = answered(request);
          if (reply.ok && onText)
            for (const end of [Math.floor(reply.text.length / 2), reply.text.length])
              onText(reply.text.slice(0, end));
          resolve(reply);
        }, ms);
        if (signal.aborted) aborted();
        else signal.addEventListener("abort", aborted, { once: true });
      }),
  };
}
