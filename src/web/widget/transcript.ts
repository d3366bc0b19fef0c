import { h } from "./dom.ts";
import { time } from "./figures.ts";
import { textOf } from "./message.ts";
import type { Stage } from "./stage.ts";
import { words } from "./words.ts";

/** The conversation as plain text, to keep: who said what when, and the orders with their numbers. */
export function transcript(stage: Stage): string {
  return stage.conversation.timeline.seen
    .map((item) => {
      const who = item.kind === "message" ? words.you : item.kind === "said" ? item.name : words.assistant;
      const when = time(item.at, "long");
      return `${who}, ${when}\n${textOf(item, stage)}`;
    })
    .join("\n\n");
}

/** Hands a text to the reader as a file. */
export function download(text: string): void {
  const href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  h("a", { href, download: "chat.txt" }).click();
  URL.revokeObjectURL(href);
}
