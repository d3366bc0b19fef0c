import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { run as gapsCommand } from "../../src/app/gaps.ts";
import { run as insightsCommand } from "../../src/app/insights.ts";
import { isThere, postgresDatabase } from "../adapters/postgres/knowledge.ts";
import { type RunningGateway, startGateway } from "../harness.ts";
import { ran } from "./ran.ts";
import { deskAt, there } from "./staff-desk.ts";

const KO = { lang: "ko", currency: "KRW" };

/** Two gateways of one vendor, and what is learned at one. */
function learning(
  name: string,
  env: () => Promise<{
    readonly first: object;
    readonly second: object;
    readonly store: Record<string, string>;
    done(): Promise<void>;
  }>,
) {
  describe(`${name}: gaps`, () => {
    let nodes: RunningGateway[] = [];
    let desk: ReturnType<typeof deskAt>;
    let other: ReturnType<typeof deskAt>;
    let done = async () => {};
    let store: Record<string, string> = {};
    beforeAll(async () => {
      const given = await env();
      done = given.done;
      store = given.store;
      nodes = [await startGateway({ ...given.first }), await startGateway({ ...given.second })];
      [desk, other] = nodes.map(deskAt) as [typeof desk, typeof desk];
    });
    afterAll(async () => {
      await Promise.all(nodes.map((node) => node.stop()));
      for (const node of nodes) node.remove();
      await done();
    });

    const gaps = async (query = "") => {
      let answer = await desk.viewer("GET", `/v1/staff/gaps${query}`);
      await expect
        .poll(async () => {
          answer = await desk.viewer("GET", `/v1/staff/gaps${query}`);
          return [answer.status, answer.body.complete];
        })
        .toEqual([200, true]);
      return answer.body;
    };
    const gapOf = async (question: RegExp) =>
      there((await gaps()).gaps.find(({ examples }) => examples.some(({ text }) => question.test(text))));

    test("questions about one thing are one gap, in both languages, ranked by how often and how much was at stake", async () => {
      await desk.talk({}, "Can I get 2 x DK-11C for 250?", "Is the DK-11C waterproof?");
      await desk.talk(KO, "DK-11C 방수 되나요?");
      await other.talk(KO, "DK-11C 두 개에 30만원 되나요?", "DK-11C 생활방수 돼요?");
      await desk.talk({}, "Does the NB-14A have a fingerprint reader?");
      const open = (await gaps()).gaps;
      const [first, second] = [there(open[0]), there(open[1])];
      expect(first).toMatchObject({
        ...{ why: "not_stated", times: 3, sessions: 3, state: "open", draft: null },
        product: { sku: "DK-11C", name: "Orrin Dock 11-in-1 USB-C" },
      });
      expect(first.stakes.map(({ currency }) => currency)).toEqual(["KRW", "USD"]);
      expect(new Set(first.examples.map(({ lang }) => lang))).toEqual(new Set(["en", "ko"]));
      expect(second).toMatchObject({
        times: 1,
        at_stake: null,
        question: expect.stringContaining("fingerprint"),
      });
      const korean = (await gaps("?lang=ko")).gaps;
      expect(korean).toMatchObject([{ id: first.id, times: 2, question: expect.stringContaining("방수") }]);
      const page = await gaps("?limit=1");
      expect([page.gaps.length, page.next]).toEqual([1, first.id]);
      const rest = await gaps(`?limit=1&after=${first.id}`);
      expect([rest.gaps[0]?.id, rest.next]).toEqual([second.id, null]);
    });

    test("staff answer once, and after a manager's yes every node answers so, without a restart", async () => {
      const { id } = await gapOf(/waterproof/);
      const text = {
        en: "The dock is not waterproof: keep it dry and wipe spills at once.",
        ko: "독은 방수가 되지 않으니 물기를 피해 주세요.",
      };
      const drafted = await desk.agent("POST", `/v1/staff/gaps/${id}/answer`, { text, about: "DK-11C" });
      expect(drafted.body).toMatchObject({ gap: id, state: "drafted" });
      expect(drafted.body.entries.map(({ kind, sku, lang }) => [kind, sku, lang])).toEqual([
        ["answer", "DK-11C", "en"],
        ["answer", "DK-11C", "ko"],
      ]);
      const before = await desk.talk({}, "Is the DK-11C waterproof?");
      expect(before.replies[0]?.move.citations).toEqual([]);
      const published = await desk.manager("POST", `/v1/staff/gaps/${id}/publish`);
      expect([published.status, published.body.state]).toEqual([200, "live"]);
      for (const node of [desk, other]) {
        const english = await node.talk({}, "Is the DK-11C waterproof?");
        expect(english.replies[0]?.words?.text).toContain(text.en);
        expect(english.replies[0]?.move.citations.map(({ fact }) => fact)).toContain(`learned/${id}/en`);
        const korean = await node.talk(KO, "DK-11C 방수 되나요?");
        expect(korean.replies[0]?.words?.text).toContain(text.ko);
      }
      const learned = join(nodes[0]?.home ?? "", "learned");
      const lines = readFileSync(join(learned, "answers.jsonl"), "utf8").trim().split("\n");
      expect(lines.map((line) => JSON.parse(line).text)).toEqual([text.en, text.ko]);
      expect(readdirSync(join(learned, "dialogues"))).toHaveLength(2);
      const { deeds, state, draft } = await gapOf(/waterproof/);
      expect([state, draft?.text]).toEqual(["live", text]);
      expect(deeds.map(({ what, by }) => [what, by])).toEqual([
        ["answered", "Ada"],
        ["published", "operator"],
      ]);
    });

    test("the lab plays what was learned, and it holds", async () => {
      const { fixtures } = (await desk.viewer("GET", "/v1/staff/lab")).body;
      const learned = fixtures.filter((one) => one.learned);
      expect(learned.map((one) => one.last)).toEqual([null, null]);
      const ran = await desk.agent("POST", "/v1/staff/lab/run", { fixture: learned[0]?.id });
      expect(ran.body.counts).toEqual({ pass: 1, fail: 0, stale: 0, error: 0, flipped: 0 });
      const [after] = (await desk.viewer("GET", "/v1/staff/lab")).body.fixtures;
      expect(after?.last).toMatchObject({ verdict: "pass", by: "Ada" });
    });

    test("an answer that the agent does not answer with is not published, and that is said", async () => {
      const { id } = await gapOf(/fingerprint/);
      const text = { en: "Purple elephants waltz on Tuesdays." };
      const question = { en: "What does the NB-14A-BLK weigh?" };
      const draft = { text, about: "NB-14A-BLK", question };
      expect((await desk.agent("POST", `/v1/staff/gaps/${id}/answer`, draft)).status).toBe(200);
      const { status, body } = await desk.manager("POST", `/v1/staff/gaps/${id}/publish`);
      expect([status, body.code]).toEqual([422, "fixture_failed"]);
      expect(body.detail).toMatch(/nothing was published.*What does the NB-14A-BLK weigh/);
      const asked = await desk.talk({}, question.en);
      expect(JSON.stringify(asked.replies)).not.toContain("elephants");
      const { state, deeds } = await gapOf(/fingerprint/);
      expect([state, deeds.at(-1)?.what, deeds.at(-1)?.note]).toEqual([
        "drafted",
        "refused",
        expect.any(String),
      ]);
    });

    test("what is dismissed is gone from the knowledge again, and only a manager takes back what is live", async () => {
      const { id } = await gapOf(/waterproof/);
      expect((await desk.agent("POST", `/v1/staff/gaps/${id}/dismiss`)).body.code).toBe("forbidden");
      const unknown = await desk.manager("POST", "/v1/staff/gaps/nobody-asked-this/dismiss");
      expect(unknown).toMatchObject({ status: 404, body: { code: "not_found" } });
      expect((await desk.manager("POST", `/v1/staff/gaps/${id}/dismiss`)).body).toEqual({
        gap: id,
        state: "dismissed",
      });
      for (const node of [desk, other]) {
        const { replies } = await node.talk({}, "Is the DK-11C waterproof?");
        expect(replies[0]?.move.citations).toEqual([]);
      }
      expect(readFileSync(join(nodes[0]?.home ?? "", "learned/answers.jsonl"), "utf8")).toBe("");
      expect(readdirSync(join(nodes[0]?.home ?? "", "learned/dialogues"))).toEqual([]);
      expect((await gaps("?state=dismissed")).gaps.map((gap: { id: string }) => gap.id)).toEqual([id]);
      expect((await desk.manager("POST", `/v1/staff/gaps/${id}/publish`)).body.code).toBe("edit_conflict");
    });

    test("an erased conversation leaves no example and no gap behind", async () => {
      const { erase, session } = await desk.talk({}, "Does the GR-60 grinder come in marigold yellow?");
      const found = async () =>
        (await gaps()).gaps.filter(({ examples }: { examples: { session: string }[] }) =>
          examples.some((one) => one.session === session),
        );
      expect(await found()).toHaveLength(1);
      await erase();
      expect(await found()).toEqual([]);
      expect(JSON.stringify(await gaps())).not.toContain("marigold");
    });

    test("a viewer looks and changes nothing, a stranger does not even look, and a wrong form names its field", async () => {
      const { id } = await gapOf(/fingerprint/);
      const draft = { text: { en: "Yes." }, about: null };
      const { status, body } = await desk.viewer("POST", `/v1/staff/gaps/${id}/answer`, draft);
      expect([status, body.code, body.about?.needs]).toEqual([403, "forbidden", "agent"]);
      expect((await desk.agent("POST", `/v1/staff/gaps/${id}/publish`)).body.about?.needs).toBe("manager");
      for (const path of ["gaps", "insights", "insights.csv", "limits", "lab"])
        expect((await desk.nobody("GET", `/v1/staff/${path}`)).status).toBe(401);
      const wrong = async (body: object, path = id) =>
        (await desk.agent("POST", `/v1/staff/gaps/${path}/answer`, body)).body;
      expect((await wrong({ text: {}, about: null })).detail).toContain(
        "text: say it in en, in ko, or in both",
      );
      expect((await wrong({ text: { en: "x" } })).detail).toMatch(/about/);
      expect((await wrong({ text: { en: "x" }, about: "NO-SUCH" })).detail).toMatch(
        /about: no product NO-SUCH/,
      );
      expect((await wrong({ text: { ko: "네" }, about: null })).detail).toMatch(/question\.ko/);
      expect((await wrong(draft, "gap_s_nothing")).code).toBe("not_found");
      expect((await desk.viewer("GET", "/v1/staff/gaps?limit=0")).body.detail).toMatch(/limit/);
      expect((await desk.viewer("GET", "/v1/staff/insights?from=tomorrow")).body.detail).toMatch(/from/);
    });

    test("the command line sees the same, and says what is wrong with what it is given", async () => {
      for (const [name, value] of Object.entries({ PARLEY_HOME: nodes[0]?.home ?? "", ...store }))
        vi.stubEnv(name, value);
      try {
        const list = await ran(gapsCommand, "--state", "drafted");
        expect(list.out).toMatch(/^gap_w_\S+ {2}drafted, .*NB-14A-BLK\n {4}Does the/);
        const csv = await ran(insightsCommand, "--csv");
        expect(csv.out.split("\r\n")[0]).toMatch(/^day,who,sessions,closed,/);
        const wrong = await ran(insightsCommand, "--from", "soon");
        expect([wrong.code, wrong.err]).toEqual([
          1,
          expect.stringContaining("expected a day, as 2026-11-01"),
        ]);
        const [id = ""] = list.out.split(" ");
        const empty = await ran(gapsCommand, "answer", id);
        expect(empty.err).toContain("text: say it in en, in ko, or in both");
        expect((await ran(gapsCommand, "publsh", id)).err).toContain("usage: parley gaps");
      } finally {
        vi.unstubAllEnvs();
      }
    });

    test("figures of every conversation are there at once, on either node", async () => {
      const day = new Date().toISOString().slice(0, 10);
      const { body } = await other.viewer("GET", `/v1/staff/insights?from=${day}`);
      const mine = (await desk.viewer("GET", `/v1/staff/insights?from=${day}`)).body;
      expect(body.complete).toBe(true);
      expect(body.figures.all.sessions).toBeGreaterThan(8);
      expect(mine.figures.all.sessions).toBe(body.figures.all.sessions);
      const csv = await desk.viewer("GET", `/v1/staff/insights.csv?from=${day}`);
      expect(csv.body.split("\r\n")[1]).toMatch(new RegExp(`^all,all,${body.figures.all.sessions},`));
    });
  });
}

learning("SQLite", async () => {
  const home = mkdtempSync(join(tmpdir(), "parley-gaps-"));
  const env = { PARLEY_HOME: home };
  return {
    first: env,
    second: env,
    store: {},
    done: async () => rmSync(home, { recursive: true, force: true }),
  };
});

describe.runIf(await isThere())("on a server", () => {
  learning("PostgreSQL", async () => {
    const { url, drop } = await postgresDatabase();
    const store = { PARLEY_STORE: url };
    return { first: store, second: store, store, done: drop };
  });
});
