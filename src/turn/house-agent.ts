import { research } from "../knowledge/research.ts";
import { understand } from "../understanding/understand.ts";
import { filler } from "../wording/filler.ts";
import { phrase } from "../wording/phrase.ts";
import type { Agent } from "./agent.ts";

/** The agent of this house: a model's help wherever the grammar, the look-ups and the templates can use it. */
export const agent: Agent = { understand, research, phrase, filler };
