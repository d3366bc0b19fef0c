/** What is wrong with a prompt file, where, and how to mend it. Lines count from 1. */
export interface PromptProblem {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/** As editors and terminals link it: `prompts/read.md:12: ...`. */
export function problemText({ file, line, message }: PromptProblem): string {
  return `${file}:${line}: ${message}`;
}

/** One place in a file of which the rest is known. */
export interface Flaw {
  readonly line: number;
  readonly message: string;
}
