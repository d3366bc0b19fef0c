import type { Context } from "hono";
import type { z } from "zod";
import { Fault, problemsOf } from "../domain/fault.ts";
import { parseJson } from "../protocol/codec.ts";

/** The body of a request by its schema; none is `{}`. Throws `bad_encoding`, `bad_json` or `bad_frame`. */
export async function body<S extends z.ZodType>(c: Context, schema: S): Promise<z.infer<S>> {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(await c.req.arrayBuffer());
  } catch (cause) {
    throw new Fault("bad_encoding", "the body is not UTF-8", { cause });
  }
  const parsed = schema.safeParse(text === "" ? {} : parseJson(text));
  if (!parsed.success) throw new Fault("bad_frame", problemsOf(parsed.error));
  return parsed.data;
}
