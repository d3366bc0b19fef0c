import type { Model, ModelOptions, ModelReply, ModelRequest } from "../../ports/model.ts";
import { type Incoming, incoming, settled } from "./answer.ts";
import { askChat } from "./chat.ts";
import { openClient } from "./client.ts";
import { dialectOf, type Learning, learnt, unfenced } from "./dialect.ts";
import { endOf, failed, failureOf } from "./failure.ts";
import { guardedFetch } from "./guard.ts";
import type { Put } from "./put.ts";
import { askResponses } from "./responses.ts";

export interface OpenAIOptions {
  /** As it may be logged. */
  readonly id: string;
  /** Chat Completions is what all compatible servers share; Responses is OpenAI's own. */
  readonly api: "responses" | "chat";
  readonly model: string;
  readonly base_url?: string;
  readonly key?: string;
}

/**
 * A model at OpenAI or at any server that speaks its wire, through the official client. A question is one request,
 * but for the first one to a server that does not know something (see `dialect.ts`). Nothing is read from the
 * environment and nothing is logged.
 */
export async function openOpenAI(options: OpenAIOptions): Promise<Model & Learning> {
  const client = await openClient(options.base_url ?? "https://api.openai.com/v1", options.key, guardedFetch);
  const put: Put = options.api === "chat" ? askChat : askResponses;
  let dialect = dialectOf(options.base_url);

  const ask = async (request: ModelRequest, given: ModelOptions): Promise<ModelReply> => {
    for (let used = dialect; ; dialect = used) {
      const answer = incoming(options.model);
      const loose = used.format !== "json_schema";
      const settle = (whole: Incoming) => settled(loose ? { ...whole, text: unfenced(whole.text) } : whole);
      const { onText, signal } = given;
      const heard = onText && loose ? { signal, onText: (text: string) => onText(unfenced(text)) } : given;
      try {
        const fits = await put(client, options.model, request, used, answer, heard);
        if (fits && answer.finish === null && signal.aborted)
          return failed(endOf(signal), "the request was ended", answer.tokens);
        return settle(answer);
      } catch (error) {
        const next = signal.aborted ? null : learnt(error, used);
        if (next) {
          used = next;
          continue;
        }
        // The answer was whole before the connection went: what was to follow is its usage.
        if (answer.finish === "whole") return settle(answer);
        const circumstances = { signal, begun: answer.bytes > 0, key: options.key };
        return { ...failureOf(error, circumstances), tokens: answer.tokens };
      }
    }
  };
  return { id: options.id, ask, strict: () => dialect.format === "json_schema" };
}
