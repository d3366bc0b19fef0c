import type { Played } from "./hostile-sessions.ts";
import { toldIn } from "./hostile-truth.ts";

/** How many replies to free text went out in the model's words: from first to last, or some sentence of them. */
export function modelWords(played: readonly Played[]) {
  const counted = { replies: 0, whole: 0, part: 0, refused: [] as string[] };
  for (const { id, turns } of played)
    for (const { said, heard, puts } of turns) {
      const { words } = heard;
      if (said === "" || words === null) continue;
      counted.replies += 1;
      const asked = puts.filter(({ prompt }) => prompt === "word");
      const answers = asked.map(({ answer }) => String(answer.text ?? ""));
      const house = bare(asked.map(({ text }) => toldIn(text).data.house ?? "").join("\n"));
      const out = bare(words.text);
      const objection = asked.map(({ text }) => toldIn(text).data.objection ?? "").join(" ");
      if (answers.some((answer) => answer !== "" && out.startsWith(bare(answer)))) counted.whole += 1;
      else if (
        answers.some((answer) =>
          sentences(answer).some((part) => out.includes(part) && !house.includes(part)),
        )
      )
        counted.part += 1;
      if (!answers.some((answer) => answer !== "" && out.startsWith(bare(answer))))
        counted.refused.push(
          `${id} "${said.slice(0, 60)}": ${asked.length} asked; ${objection} <= ${answers[0] ?? ""}`,
        );
    }
  return counted;
}

function sentences(text: string): string[] {
  return text
    .split(/(?<=[.!?])\s|\n/)
    .map(bare)
    .filter((part) => part.length >= 10);
}

function bare(text: string): string {
  return text.replace(/\s+/g, "");
}
