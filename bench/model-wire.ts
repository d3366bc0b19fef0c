import type { Asked, Step } from "../test/wire/script.ts";
import { startWire } from "../test/wire/server.ts";

let late = 0;
// From here on every answer takes two seconds.
process.once("SIGUSR2", () => {
  late = 2_000;
});

/**
 * A model on the OpenAI wire that answers at once, until it is told to take its time, as a truthful one would: it words
 * with what the prompt gives it as the house's words, reads what it is told was read, and looks nothing further up.
 */
function step(asked: Asked): Step {
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
