import { userInfo } from "node:os";
import type { z } from "zod";
import { Fault, problemsOf } from "../domain/fault.ts";
import { type Gap, GapDraft, GapQuery } from "../protocol/gaps.ts";
import { wordsAndOptions } from "./arguments.ts";
import { loadConfig } from "./config.ts";
import { learningAt } from "./learning-home.ts";

const USAGE = `usage: parley gaps [list] [--lang en|ko] [--state open|drafted|live|dismissed]
       parley gaps answer <id> [--en TEXT] [--ko TEXT] [--about SKU] [--question-en TEXT] [--question-ko TEXT]
       parley gaps publish <id>
       parley gaps dismiss <id>
What customers asked and got no answer to; what staff answer goes live once it is published, also where a gateway runs.
`;

const text = { type: "string" } as const;
const OPTIONS = {
  ...{ lang: text, state: text, en: text, ko: text, about: text },
  ...{ "question-en": text, "question-ko": text },
} as const;
type Values = { readonly [name in keyof typeof OPTIONS]?: string | undefined };

export async function run(args: string[]): Promise<number> {
  const parsed = wordsAndOptions(args, OPTIONS);
  if (parsed === null) {
    process.stdout.write(USAGE);
    return 0;
  }
  const { values, positionals } = parsed;
  const [what = "list", id, ...more] = positionals;
  const known = what === "list" ? id === undefined : WITH_ID.has(what) && id !== undefined;
  if (!known || more.length > 0) throw new Fault("bad_config", USAGE.trim());
  // Whoever has the home may do all that a manager may.
  const by = { id: "command-line", name: userInfo().username, role: "manager", until: null } as const;
  return learningAt(await loadConfig(process.env), async (desk) => {
    if (what === "list") {
      const { lang, state } = values;
      const { gaps, complete } = await desk.gaps(
        checked(GapQuery, { ...(lang && { lang }), ...(state && { state }) }),
      );
      for (const gap of gaps) process.stdout.write(lineOf(gap));
      if (gaps.length === 0) process.stdout.write("every question was answered\n");
      if (!complete) process.stderr.write("some conversations were not looked at yet; ask again\n");
    } else if (what === "answer") {
      const { entries } = await desk.answer(id ?? "", draftIn(values), by);
      for (const entry of entries) process.stdout.write(`${JSON.stringify(entry)}\n`);
    } else if (what === "publish") {
      const { entries } = await desk.publish(id ?? "", by);
      process.stdout.write(`live: ${entries.map((entry) => entry.id).join(", ")}\n`);
    } else process.stdout.write(`${(await desk.dismiss(id ?? "", by)).state}\n`);
    return 0;
  });
}

const WITH_ID: ReadonlySet<string> = new Set(["answer", "publish", "dismiss"]);

function lineOf({ id, state, why, times, product, question, stakes }: Gap): string {
  const stake = stakes.map(({ amount, currency }) => `${amount} ${currency}`).join(", ");
  const facts = [state, why, `${times}x`, product?.sku ?? "the shop", ...(stake === "" ? [] : [stake])];
  return `${id}  ${facts.join(", ")}\n    ${question}\n`;
}

function draftIn(values: Values): GapDraft {
  const { en, ko, about = null, "question-en": asked_en, "question-ko": asked_ko } = values;
  const question = { ...(asked_en && { en: asked_en }), ...(asked_ko && { ko: asked_ko }) };
  return checked(GapDraft, {
    ...{ about, text: { ...(en && { en }), ...(ko && { ko }) } },
    ...(asked_en || asked_ko ? { question } : {}),
  });
}

function checked<S extends z.ZodType>(schema: S, value: unknown): z.infer<S> {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new Fault("bad_config", problemsOf(parsed.error));
  return parsed.data;
}
