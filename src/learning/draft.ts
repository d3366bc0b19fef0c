import { stringify } from "yaml";
import type { CommunityAnswer, Passage } from "../domain/entry.ts";
import { Fault } from "../domain/fault.ts";
import type { Lang } from "../domain/text.ts";
import { Fixture } from "../lab/fixture.ts";
import type { Lack } from "../ports/hindsight.ts";
import type { GapDraft } from "../protocol/gaps.ts";

/** What staff's answer becomes: entries of the knowledge base, and a conversation for each that must cite it. */
export interface Drafted {
  readonly entries: readonly (CommunityAnswer | Passage)[];
  readonly fixtures: readonly Fixture[];
}

export interface Drafting {
  readonly gap: string;
  readonly draft: GapDraft;
  readonly examples: readonly Pick<Lack, "text" | "lang" | "currency">[];
  /** Of the vendor, as fixtures name it, and its currency where no example has one. */
  readonly vendor: string;
  readonly currency: string;
  readonly at: string;
}

/** Where published entries are kept, as they are cited. */
export const LEARNED = "learned/answers.jsonl";

/**
 * Entries and fixtures of a draft, one of each for a language. Questions are the staff's own or, masked, one that was asked;
 * made anew each time, so that what was erased is in neither. Throws `bad_frame` for a language that nobody asked in.
 */
export function drafted({ gap, draft, examples, vendor, currency, at }: Drafting): Drafted {
  const langs = (["en", "ko"] as const).filter((lang) => draft.text[lang] !== undefined);
  const made = langs.map((lang) => {
    const example = examples.find((one) => one.lang === lang);
    const question = draft.question?.[lang] ?? example?.text;
    if (question === undefined)
      throw new Fault(
        "bad_frame",
        `text.${lang}: nobody asked this in ${NAMES[lang]}; say in question.${lang} how somebody would ask it`,
      );
    const entry = entryOf(gap, draft, lang, question, at);
    return {
      entry,
      fixture: fixtureOf(entry, question, { lang, vendor, currency: example?.currency ?? currency }),
    };
  });
  return { entries: made.map(({ entry }) => entry), fixtures: made.map(({ fixture }) => fixture) };
}

export function fixtureText(fixture: Fixture): string {
  return stringify(fixture, { lineWidth: 100 });
}

/** The fixture that has to be answered with this entry. */
export function fixtureId(entry: string): string {
  return entry.replace(/[^a-z0-9]+/gi, "-").toLowerCase();
}

const NAMES: Readonly<Record<Lang, string>> = { en: "English", ko: "Korean" };

function entryOf(
  gap: string,
  { text, about }: GapDraft,
  lang: Lang,
  question: string,
  at: string,
): CommunityAnswer | Passage {
  const base = { id: `learned/${gap}/${lang}`, source: { name: LEARNED }, text: text[lang] ?? "", lang };
  return about === null
    ? { ...base, kind: "faq", topic: "learned", title: question }
    : { ...base, kind: "answer", sku: about, question, by: "vendor", date: at.slice(0, 10) };
}

/** A buyer who looks at the product, or at nothing, and asks. */
function fixtureOf(
  entry: CommunityAnswer | Passage,
  question: string,
  { lang, vendor, currency }: { readonly lang: Lang; readonly vendor: string; readonly currency: string },
): Fixture {
  const expect = { unanswered: false, cites: [entry.id], lang };
  const looks =
    entry.kind === "answer" ? [{ act: { act: "ask", item: { sku: entry.sku } }, expect: {} }] : [];
  return Fixture.parse({
    id: fixtureId(entry.id),
    about: "A question that was not answered once, and what staff answered since",
    ...{ vendor, lang, currency },
    turns: [...looks, { say: question, expect }],
  });
}
