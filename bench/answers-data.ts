import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

/** Evidence as the data set has it: `supports` is its own judgement whether this alone answers the question. */
export interface Candidate {
  readonly source: "attribute" | "description" | "bullet" | "cqa" | "review";
  readonly text: string;
  readonly supports: boolean;
}

export interface Judged {
  readonly id: string;
  readonly question: string;
  /** Questions with the same group share a product, so they are never split between fitting and measuring. */
  readonly group: string;
  readonly title: string;
  readonly candidates: readonly Candidate[];
}

/** The sets of Amazon's contextual product QA: its ePQA half for developers, and semiPQA over attributes alone. */
export const SETS = {
  epqa: "epqa_dev.jsonl",
  semipqa_dev: "semipqa_dev.jsonl",
  semipqa_seen: "semipqa_test_seen.jsonl",
} as const;
export type SetName = keyof typeof SETS;

const Line = z.object({
  qid: z.string(),
  question: z.string(),
  asin: z.string().optional(),
  title: z.string().optional(),
  candidates: z.array(
    z.object({
      source: z.enum(["attribute", "description", "bullet", "cqa", "review"]).default("attribute"),
      text: z.string(),
      label: z.int().min(0).max(2),
    }),
  ),
});

/** The set, or null where the file is not there. In ePQA only the label 2 answers fully; semiPQA knows 0 and 1. */
export function judged(folder: string, name: SetName): readonly Judged[] | null {
  const file = join(folder, SETS[name]);
  if (!existsSync(file)) return null;
  const full = name === "epqa" ? 2 : 1;
  const lines = readFileSync(file, "utf8").split("\n");
  return lines
    .filter((line) => line !== "")
    .map((line) => {
      const { qid, question, asin, title, candidates } = Line.parse(JSON.parse(line));
      return {
        id: `${name}/${qid}`,
        question,
        group: asin ?? candidates.map(({ text }) => text).join("\n"),
        title: title ?? "",
        candidates: candidates.map(({ source, text, label }) => ({ source, text, supports: label === full })),
      };
    });
}
