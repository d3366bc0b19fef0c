import type { ModelRequest } from "../../../src/ports/model.ts";

/** No key of anybody's, and of no provider's form: searched for in whatever an adapter gives out. */
export const CANARY = "canary7Qm2xV9ZpL4tKw8R";

/** One question about words, as the asker would put it. */
export function wordRequest(change: Partial<ModelRequest> = {}): ModelRequest {
  return {
    question: { prompt: "word", given: { facts: "X200: 45,000 won" }, heard: { message: "얼마예요?" } },
    prompt: {
      name: "word",
      purpose: "words one reply",
      version: 1,
      model: "wording",
      answer: "word",
      max_output_tokens: 400,
      temperature: 0.2,
      hash: "0123456789abcdef",
      source: "---\nname: word\n---\nWord the reply.",
      file: "prompts/word.md",
      inputs: { facts: "given", message: "heard" },
      render: () => ({ system: "Word the reply.", user: "얼마예요?" }),
    },
    rendered: { system: "You word replies.", user: "Facts: X200: 45,000 won. They said: 얼마예요?" },
    schema: {
      name: "word",
      json: {
        type: "object",
        properties: { text: { type: "string" }, speech: { type: "string" } },
        required: ["text", "speech"],
        additionalProperties: false,
      },
      hash: "fedcba9876543210",
    },
    ...change,
  };
}

export const WORDS = {
  text: "X200은 45,000원입니다. 오늘 주문하시면 내일 받으실 수 있습니다.",
  speech: "사만 오천 원입니다.",
};

export function within(ms: number): AbortSignal {
  return AbortSignal.timeout(ms);
}
