import type { z } from "zod";
import { ModelBuyer } from "./buy.ts";
import { ModelReading } from "./read.ts";
import { ModelResearch } from "./research.ts";
import { ModelWords } from "./word.ts";

/** Every question that may be put to a language model, by the name of its prompt, with the schema of its answer. */
export const QUESTIONS = {
  read: ModelReading,
  research: ModelResearch,
  word: ModelWords,
  buy: ModelBuyer,
} as const satisfies Record<string, z.ZodType>;
export type QuestionName = keyof typeof QUESTIONS;
export type AnswerTo<N extends QuestionName> = z.infer<(typeof QUESTIONS)[N]>;
