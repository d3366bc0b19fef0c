import { BOUNDS } from "../../domain/bounds.ts";

/** JSON may take six bytes for what is three in UTF-8, and an event repeats its frame: room for both. */
const ROOM = 4;
const NEWLINE = 10;

/** In the message of the error that a body fails with when it was given up. */
export const FLOOD = "more bytes than any answer may have";

/**
 * `fetch` that gives up a body, or one line of a stream, that is too large to be an answer, before a library has it
 * whole in memory.
 */
export const guardedFetch: typeof fetch = async (input, init) => {
  const response = await fetch(input, init);
  if (response.body === null) return response;
  const lines = response.headers.get("content-type")?.includes("event-stream") === true;
  let bytes = 0;
  const meter = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      const end = lines ? chunk.lastIndexOf(NEWLINE) : -1;
      bytes = end < 0 ? bytes + chunk.length : chunk.length - end - 1;
      if (bytes > BOUNDS.answer_bytes * ROOM) controller.error(new Error(FLOOD));
      else controller.enqueue(chunk);
    },
  });
  const { status, statusText, headers } = response;
  return new Response(response.body.pipeThrough(meter), { status, statusText, headers });
};
