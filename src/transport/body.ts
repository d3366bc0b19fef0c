import type { Context } from "hono";
import type { z } from "zod";
import { Fault, problemsOf } from "../domain/fault.ts";
import { parseJson } from "../protocol/codec.ts";

/** The body of a request by its schema; none is `{}`. Throws `binary_frame`, `bad_encoding`, `bad_json` or `bad_frame`. */
export async function body<S extends z.ZodType>(c: Context, schema: S): Promise<z.infer<S>> {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(await c.req.arrayBuffer());
  } catch (cause) {
    throw new Fault("bad_encoding", "the body is not UTF-8", { cause });
  }
  if (text !== "") mustBeJson(c.req.header("content-type"));
  const parsed = schema.safeParse(text === "" ? {} : parseJson(text));
  if (!parsed.success) throw new Fault("bad_frame", problemsOf(parsed.error));
  return parsed.data;
}

/** A body that says nothing of what it is is taken for JSON. */
function mustBeJson(type: string | undefined): void {
  if (type === undefined || /^application\/(?:[\w.-]+\+)?json(?:;|$)/i.test(type.trim())) return;
  throw new Fault(
    "binary_frame",
    `a body is JSON here, and this says it is ${JSON.stringify(type.slice(0, 80))}: send it as content-type: application/json`,
  );
}
