import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Hindsight, Lack, Looked } from "../../src/ports/hindsight.ts";
import type { Store } from "../../src/ports/store.ts";
import { AT, commit, EARLY, fresh, LATER, opened } from "./opened.ts";

export interface Seen {
  readonly store: Store;
  readonly hindsight: Hindsight;
  close(): Promise<void>;
}

const lack = (seq: number, more: Partial<Lack> = {}): Lack => ({
  ...{ seq, n: 0, gap: "gap_s_1", at: AT, sku: "A", lang: "en", why: "not_stated", value: 100 },
  ...{ currency: "USD", text: `question ${seq}`, ...more },
});

const looked = (session: string, more: Partial<Looked> = {}): Looked => ({
  ...{ session, version: 1, seq: 1, opened_at: AT, figures: "{}", lacks: [], ...more },
});

/** The promises of ports/hindsight.ts, over any adapter. */
export function hindsightContract(name: string, empty: () => Promise<Seen>): void {
  describe(`${name}: hindsight`, () => {
    let seen: Seen;
    beforeAll(async () => {
      seen = await empty();
    });
    afterAll(() => seen.close());

    const behind = async (version = 1) => {
      const found: string[] = [];
      for (let after: string | null = null; ; ) {
        const page: Awaited<ReturnType<Hindsight["behind"]>> = await seen.hindsight.behind(version, after, 3);
        found.push(...page.sessions);
        if (page.next === null) return found;
        after = page.next;
      }
    };
    const erase = (session: string) =>
      seen.store.erase({
        ...{ session, term: 1, at: AT, pseudonym: "gone", intents: [], outbox: [], receipt: "r" },
      });

    test("names the sessions that said more since, and after another version all of them", async () => {
      const { store, hindsight } = seen;
      const ids = await Promise.all(Array.from({ length: 7 }, () => opened(store)));
      expect((await behind()).toSorted()).toEqual(ids.toSorted());
      for (const id of ids) expect(await hindsight.put(looked(id))).toBe(true);
      expect(await behind()).toEqual([]);
      const [first = "", second = ""] = ids;
      await store.append(commit(first, 1));
      expect(await behind()).toEqual([first]);
      await hindsight.put(looked(first, { seq: 2 }));
      expect(await behind()).toEqual([]);
      expect((await behind(2)).toSorted()).toEqual(ids.toSorted());
      await erase(second);
      expect(await behind(2)).not.toContain(second);
    });

    test("puts what a session came to in the stead of what was there", async () => {
      const { store, hindsight } = seen;
      const id = await opened(store);
      await hindsight.put(looked(id, { lacks: [lack(2, { gap: "gap_x" }), lack(4, { gap: "gap_x" })] }));
      await hindsight.put(looked(id, { seq: 5, figures: '{"n":5}', lacks: [lack(4, { gap: "gap_x" })] }));
      const [one, ...more] = await hindsight.examples(["gap_x"], 5);
      expect([one, more]).toEqual([{ session: id, ...lack(4, { gap: "gap_x" }) }, []]);
      const span = { from: EARLY, to: LATER };
      const rows = await hindsight.figures(span, null, 100);
      expect(rows.find(({ session }) => session === id)).toEqual({
        ...{ session: id, version: 1, seq: 5, opened_at: AT, figures: '{"n":5}' },
      });
    });

    test("forgets what an erased session came to in that very commit, and takes nothing of it afterwards", async () => {
      const { store, hindsight } = seen;
      for (const go of [erase, (id: string) => store.forget(id)]) {
        const id = await opened(store);
        const all = looked(id, { lacks: [lack(2, { gap: "gap_gone" })] });
        await hindsight.put(all);
        expect(await hindsight.examples(["gap_gone"], 5)).toHaveLength(1);
        await go(id);
        expect(await hindsight.examples(["gap_gone"], 5)).toEqual([]);
        expect((await hindsight.groups(null)).filter(({ gap }) => gap === "gap_gone")).toEqual([]);
        // Whoever had read the log before comes too late.
        expect(await hindsight.put(all)).toBe(false);
        expect(await hindsight.examples(["gap_gone"], 5)).toEqual([]);
      }
      expect(await hindsight.put(looked("ses_nobody"))).toBe(false);
    });

    test("pages figures by when sessions were opened, within a span that ends before its end", async () => {
      const { store, hindsight } = seen;
      const at = (minute: number) => `2031-01-01T00:0${minute}:00.000Z`;
      const ids: string[] = [];
      for (const minute of [3, 1, 1, 2, 4]) {
        const id = await opened(store);
        ids.push(id);
        await hindsight.put(looked(id, { opened_at: at(minute) }));
      }
      const [three = "", one = "", other = "", two = ""] = ids;
      const span = { from: at(1), to: at(4) };
      const first = await hindsight.figures(span, null, 2);
      expect(first.map(({ session }) => session)).toEqual([one, other].toSorted());
      const rest = await hindsight.figures(span, first.at(-1) ?? null, 9);
      expect(rest.map(({ session }) => session)).toEqual([two, three]);
    });

    test("adds up how often, and each session's value once in its own currency", async () => {
      const { store, hindsight } = seen;
      const [a, b, c] = [await opened(store), await opened(store), await opened(store)];
      const of = (seq: number, more: Partial<Lack> = {}) => lack(seq, { gap: "gap_sum", ...more });
      await hindsight.put(looked(a, { lacks: [of(2, { value: 300 }), of(4, { value: 300, at: LATER })] }));
      await hindsight.put(looked(b, { lacks: [of(2, { value: null, why: "unsure" })] }));
      const won = { currency: "KRW", value: 9_007_199_254_740_991, lang: "ko" };
      await hindsight.put(looked(c, { lacks: [of(2, won)] }));
      const sums = async (lang: string | null) =>
        (await hindsight.groups(lang)).filter(({ gap }) => gap === "gap_sum");
      const sum = { gap: "gap_sum", sku: "A" };
      const korean = { ...sum, currency: "KRW", times: 1, sessions: 1, value: won.value, last_at: AT };
      expect(await sums(null)).toEqual([
        korean,
        { ...sum, currency: "USD", times: 3, sessions: 2, value: 300, last_at: LATER },
      ]);
      expect(await sums("ko")).toEqual([korean]);
      const whys = (await hindsight.whys()).filter(({ gap }) => gap === "gap_sum");
      expect(whys.toSorted((x, y) => (x.why < y.why ? -1 : 1))).toEqual([
        { gap: "gap_sum", why: "not_stated", times: 3 },
        { gap: "gap_sum", why: "unsure", times: 1 },
      ]);
    });

    test("gives the latest examples of each language, and one text of each group about a product", async () => {
      const { store, hindsight } = seen;
      const id = await opened(store);
      const of = (seq: number, more: Partial<Lack> = {}) => lack(seq, { gap: "gap_w_1", sku: "Z", ...more });
      const lacks = [
        of(2),
        of(4, { at: LATER }),
        of(6, { lang: "ko", text: "무게는요? \u0000" }),
        of(8, { at: EARLY }),
      ];
      await hindsight.put(
        looked(id, { lacks: [...lacks, of(9, { gap: "gap_s_9" }), of(10, { gap: "gap_w_2", sku: null })] }),
      );
      const seqs = (await hindsight.examples(["gap_w_1"], 2)).map(({ seq, text }) => [seq, text]);
      expect(seqs).toEqual([
        [4, "question 4"],
        [2, "question 2"],
        [6, "무게는요? \u0000"],
      ]);
      expect((await hindsight.exemplars("Z", "gap_w", 9)).map(({ gap }) => gap)).toEqual(["gap_w_1"]);
      expect(await hindsight.exemplars(null, "gap_w", 9)).toMatchObject([
        { gap: "gap_w_2", text: "question 10" },
      ]);
    });

    test("changes what staff made of a gap only from the revision they saw", async () => {
      const { hindsight } = seen;
      const gap = `gap_${fresh()}`;
      expect(await hindsight.handle({ gap, revision: 1, body: "a" })).toBe(true);
      expect(await hindsight.handle({ gap, revision: 1, body: "b" })).toBe(false);
      expect(await hindsight.handle({ gap, revision: 3, body: "c" })).toBe(false);
      expect(await hindsight.handle({ gap, revision: 2, body: "d" })).toBe(true);
      expect((await hindsight.handled()).filter((one) => one.gap === gap)).toEqual([
        { gap, revision: 2, body: "d" },
      ]);
    });
  });
}
