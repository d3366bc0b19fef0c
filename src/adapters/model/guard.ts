import { BOUNDS } from "../../domain/bounds.ts";

/** JSON may take six bytes for what is three in UTF-8, and an event repeats its frame: room for both. */
const ROOM = 4;
const NEWLINE = 10;

/** In the message of the error that a body fails with when it was given up. */
export const FLOOD = "more bytes than any answer may have";

/** `fetch` for a model that words or reads. */
export const guardedFetch: typeof fetch = (input, init) =>
  fetchWithin(BOUNDS.answer_bytes * ROOM, input, init);

/** A number of a vector as JSON has it, and some more. */
const NUMBER_BYTES = 26;

/** `fetch` for vectors. */
export const guardedVectors: typeof fetch = (input, init) =>
  fetchWithin(BOUNDS.embed_texts * BOUNDS.embed_dimensions * NUMBER_BYTES, input, init);

/** Gives up a body, or one line of a stream, that is too large to be an answer, before a library has it whole in memory. */
async function fetchWithin(
  most: number,
  input: Parameters<typeof fetch>[0],
  init: Parameters<typeof fetch>[1],
): Promise<Response> {
  const response = await fetch(input, init);
  if (response.body === null) return response;
  const lines = response.headers.get("content-type")?.includes("event-stream") === true;
  let bytes = 0;
  const meter = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      const end = lines ? chunk.lastIndexOf(NEWLINE) : -1;
      bytes = end < 0 ? bytes + chunk.length : chunk.length - end - 1;
      if (bytes > most) controller.error(new Error(FLOOD));
      else controller.enqueue(chunk);
    },
  });
  const { status, statusText, headers } = response;
  return new Response(response.body.pipeThrough(meter), { status, statusText, headers });
}
