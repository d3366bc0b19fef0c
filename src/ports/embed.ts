import type { NoAnswer } from "../domain/question.ts";

export type Embedded =
  | {
      readonly ok: true;
      /** One for each text, in the order of the texts, of length 1; all 0 for a text that says nothing. */
      readonly vectors: readonly Float32Array[];
    }
  | {
      readonly ok: false;
      readonly why: NoAnswer;
      /** For the log; MUST hold no key and no text. */
      readonly detail: string;
    };

/**
 * A model that makes vectors of texts: what means alike lies alike. MUST NOT throw: every failure is an answer with
 * `ok: false`. MUST make one request a call, without retries of its own, and abort it upstream when `signal` does. MUST
 * give `bad_answer` for anything but one vector a text, all finite and of the same 1 to `BOUNDS.embed_dimensions`
 * numbers: half an answer is none. MUST be given at most `BOUNDS.embed_texts` texts of at most `BOUNDS.embed_chars`.
 * MUST NOT keep what it is given. Which two vectors may be compared is told by `id` and their number of dimensions alone.
 */
export interface Embed {
  /** The model and where it is, with no secret in it: `text-embedding-3-small@https://api.openai.com/v1`. */
  readonly id: string;
  vectors(texts: readonly string[], options: { readonly signal: AbortSignal }): Promise<Embedded>;
}
