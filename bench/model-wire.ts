import type { Asked, Step } from "../test/wire/script.ts";
import { startWire } from "../test/wire/server.ts";

/**
 * A model on the OpenAI wire that answers at once, or after the milliseconds its name ends with (`wire-2000`), as a
 * truthful one would: it words with what the prompt gives it as the house's words, reads what it is told was read, and
 * looks nothing further up.
 */
async function step(asked: Asked): Promise<Step> {
  const late = Number(/-(\d+)$/.exec(asked.model)?.[1] ?? 0);
  return { answer: answer(asked), first_ms: late, piece: 64 };
}

function answer({ schema, user }: Asked): Record<string, unknown> {
  if (schema?.name === "research") return { look_ups: [] };
  if (schema?.name === "read") return { lang: "en", acts: [], unclear: "all of it" };
  const house = fenced(user, "house");
  return { text: house, speech: house.split("\n")[0]?.slice(0, 200) ?? "" };
}

function fenced(text: string, name: string): string {
  const found = new RegExp(`<data name="${name}">(.*?)</data>`, "s").exec(text);
  return found?.[1] ? (JSON.parse(found[1]) as string) : "";
}

const wire = await startWire(step);
process.stdout.write(`wire at ${wire.url} \n`);
process.once("SIGTERM", () => void wire.close().then(() => process.exit(0)));
