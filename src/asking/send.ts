import type { NoAnswer } from "../domain/question.ts";
import type { Model, ModelReply, ModelRequest } from "../ports/model.ts";

export interface SendOptions {
  readonly signal: AbortSignal;
  readonly ms: number;
  /** A timeout after less than this says more about the caller's haste than about the provider. */
  readonly fair_ms: number;
  /** Given the whole text so far; `stop` ends the request there. Its presence asks for streaming. */
  readonly hear?: ((text: string) => "on" | "stop") | undefined;
}

type Tokens = ModelReply["tokens"];

/** What became of one request. */
export type Sent =
  | { readonly ok: true; readonly text: string; readonly model: string; readonly tokens: Tokens }
  | {
      readonly ok: false;
      readonly why: NoAnswer;
      readonly detail: string;
      readonly retry_after_ms: number | null;
      readonly tokens: Tokens;
      /** As much as had come. */
      readonly text: string;
      /** A fair wait, so a timeout says something about the provider. */
      readonly waited_long: boolean;
    };

/** How long a model that was aborted is waited for, for the tokens it may still tell. */
const GRACE_MS = 50;

/** One request with its deadline. Aborts the model at once when the signal, the time or the hearer says so. */
export async function send(model: Model, request: ModelRequest, options: SendOptions): Promise<Sent> {
  const { signal, ms, hear } = options;
  const upstream = new AbortController();
  let ended: { why: NoAnswer; detail: string } | null = null;
  let text = "";
  let over = () => {};
  const overdue = new Promise<null>((resolve) => {
    over = () => resolve(null);
  });
  let grace: NodeJS.Timeout | undefined;
  const end = (why: NoAnswer, detail: string) => {
    if (ended) return;
    ended = { why, detail };
    upstream.abort();
    grace = setTimeout(over, GRACE_MS);
  };
  const leave = () => end("aborted", "whoever asked went away");
  const timer = setTimeout(() => end("timeout", `no answer within ${Math.round(ms)} ms`), ms);
  signal.addEventListener("abort", leave, { once: true });
  const onText = (come: string) => {
    if (ended || come.length <= text.length) return;
    text = come;
    try {
      if (hear?.(come) === "stop") end("stopped", "whoever heard it had heard enough");
    } catch (error) {
      end("stopped", `whoever heard it failed: ${String(error)}`);
    }
  };
  try {
    const asked = ask(
      model,
      request,
      hear ? { signal: upstream.signal, onText } : { signal: upstream.signal },
    );
    const reply = await Promise.race([asked, overdue]);
    return judge(reply, ended, text, ms >= options.fair_ms);
  } finally {
    clearTimeout(timer);
    clearTimeout(grace);
    signal.removeEventListener("abort", leave);
  }
}

/** An adapter must not throw; when one does, the conversation goes on all the same. */
async function ask(
  model: Model,
  request: ModelRequest,
  options: Parameters<Model["ask"]>[1],
): Promise<ModelReply> {
  try {
    return await model.ask(request, options);
  } catch (error) {
    const detail = `the adapter failed: ${String(error)}`;
    return { ok: false, why: "bad_request", detail, retry_after_ms: null, tokens: null };
  }
}

function judge(
  reply: ModelReply | null,
  ended: { why: NoAnswer; detail: string } | null,
  text: string,
  waited_long: boolean,
): Sent {
  const tokens = reply?.tokens ?? null;
  // An answer that came whole at the last moment is an answer.
  if (reply?.ok && (!ended || ended.why === "timeout")) return { ...reply };
  const cause = ended ?? (reply && !reply.ok ? reply : { why: "aborted" as const, detail: "" });
  const retry_after_ms = reply && !reply.ok && !ended ? reply.retry_after_ms : null;
  return { ok: false, why: cause.why, detail: cause.detail, retry_after_ms, tokens, text, waited_long };
}
