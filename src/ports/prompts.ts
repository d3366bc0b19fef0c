import type { Question } from "../domain/question.ts";
import type { QuestionName } from "../domain/questions/index.ts";

/** One prompt, as one file of prompts/ holds it. */
export interface Prompt {
  readonly name: string;
  readonly purpose: string;
  readonly version: number;
  /** Which of the configured models answers: the cheaper one that reads, or the one that words. */
  readonly model: "reading" | "wording";
  /** The schema of its answer, by name. */
  readonly answer: QuestionName;
  readonly max_output_tokens: number;
  readonly temperature: number | null;
  /** Hex SHA-256 of the file, 16 characters. */
  readonly hash: string;
  /** The file, whole, and where it was. */
  readonly source: string;
  readonly file: string;
  /** Inputs it takes, by name. */
  readonly inputs: Readonly<Record<string, "given" | "heard">>;
  render(question: Pick<Question, "given" | "heard">): Rendered;
}

export interface Rendered {
  readonly system: string;
  readonly user: string;
}

/** The prompts as they stand now. A broken file MUST leave the last good one in place. */
export interface Prompts {
  prompt(name: QuestionName): Prompt;
  /** Every prompt there is. */
  all(): readonly Prompt[];
  close(): Promise<void>;
}
