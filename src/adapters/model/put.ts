import type OpenAI from "openai";
import type { ModelOptions, ModelRequest } from "../../ports/model.ts";
import type { Incoming } from "./answer.ts";
import type { Dialect } from "./dialect.ts";

/** One request through one of the two APIs, its answer taken in as it comes. False: more came than may. */
export type Put = (
  client: OpenAI,
  model: string,
  request: ModelRequest,
  dialect: Dialect,
  answer: Incoming,
  options: ModelOptions,
) => Promise<boolean>;
