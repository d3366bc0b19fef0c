import { BOUNDS } from "../../domain/bounds.ts";
import type { Embed, Embedded } from "../../ports/embed.ts";
import { openClient } from "./client.ts";
import { failureOf } from "./failure.ts";
import { guardedVectors } from "./guard.ts";

export interface EmbeddingsOptions {
  /** As `https://api.openai.com/v1`. */
  readonly base_url: string;
  readonly model: string;
  /** Sent to that server and nowhere else; never part of an id, a log line or an error. */
  readonly key?: string | undefined;
}

/** Vectors from OpenAI or any server with its `/embeddings`: vLLM, llama.cpp, Ollama, text-embeddings-inference. */
export async function openEmbeddings({ base_url, model, key }: EmbeddingsOptions): Promise<Embed> {
  const client = await openClient(base_url, key, guardedVectors);
  return {
    id: `${model}@${base_url}`,
    vectors: async (texts, { signal }) => {
      try {
        // Named outright: left out, the client asks for base64, which not every server has.
        const asked = { model, input: [...texts], encoding_format: "float" as const };
        const { data } = await client.embeddings.create(asked, { signal });
        return checked(data, texts.length);
      } catch (error) {
        const { why, detail } = failureOf(error, { signal, begun: false, key });
        return { ok: false, why, detail };
      }
    },
  };
}

/** What came is whatever the server wrote: its shape is looked at before any of it is used. */
function checked(data: unknown, wanted: number): Embedded {
  const bad = (detail: string): Embedded => ({ ok: false, why: "bad_answer", detail });
  if (!Array.isArray(data)) return bad("no list of vectors");
  if (data.length !== wanted) return bad(`${data.length} vectors for ${wanted} texts`);
  const vectors: Float32Array[] = [];
  for (const [place, each] of data.entries()) {
    const { index = place, embedding } = (each ?? {}) as { index?: unknown; embedding?: unknown };
    if (!Array.isArray(embedding) || typeof index !== "number" || !(index >= 0 && index < wanted))
      return bad("no vector with a place");
    if (vectors[index] !== undefined) return bad(`two vectors for text ${index}`);
    if (!embedding.every((one) => Number.isFinite(one))) return bad("a vector holds what is no number");
    vectors[index] = unit(embedding as number[]);
  }
  const [first] = vectors;
  const dimensions = first?.length ?? 0;
  if (vectors.some(({ length }) => length !== dimensions)) return bad("vectors of different lengths");
  if (wanted > 0 && (dimensions === 0 || dimensions > BOUNDS.embed_dimensions))
    return bad(`vectors of ${dimensions} numbers`);
  return { ok: true, vectors };
}

/** Of length 1, so that a product of two is their cosine. */
function unit(numbers: readonly number[]): Float32Array {
  const length = Math.hypot(...numbers);
  return Float32Array.from(numbers, (one) => (length === 0 ? 0 : one / length));
}
