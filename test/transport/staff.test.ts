import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listStaff, unlistStaff } from "../../src/adapters/identity/staff-list.ts";
import { InboxGone, type InboxPage, type Me, type Row } from "../../src/protocol/staff.ts";
import { Peer, type RunningGateway, startGateway } from "../harness.ts";
import { get, HttpBuyer, post } from "./http-client.ts";
import { Sse } from "./sse.ts";

let gateway: RunningGateway;
let file: string;
const tokens: Record<string, string> = {};
beforeAll(async () => {
  gateway = await startGateway({ PARLEY_ORIGINS: "http://shop.example" });
  file = join(gateway.home, "staff.json");
  tokens.first = (
    JSON.parse(readFileSync(join(gateway.home, "tokens.json"), "utf8")) as { staff: string }
  ).staff;
  for (const role of ["viewer", "agent", "manager"] as const)
    tokens[role] = listStaff(file, `${role} 김`, role);
});
afterAll(async () => {
  await gateway.stop();
  gateway.remove();
});

const bearer = (who: string) => ({ authorization: `Bearer ${tokens[who]}` });

/** Signs in as a browser does; gives the header that it sends from then on. */
async function signedIn(who: string): Promise<{ cookie: string; origin: string }> {
  const { status, headers } = await post(
    `${gateway.url}/v1/staff/sign-in`,
    { token: tokens[who] },
    { origin: gateway.url },
  );
  expect(status).toBe(200);
  return { cookie: (headers.get("set-cookie") ?? "").split(";")[0] ?? "", origin: gateway.url };
}

describe("signing in as staff", () => {
  test("a token gives a cookie that scripts cannot read and no other site sends, and says who one is", async () => {
    const { status, headers, body } = await post<{ name: string; role: string; until: string }>(
      `${gateway.url}/v1/staff/sign-in`,
      { token: tokens.agent },
    );
    expect(status).toBe(200);
    expect(body).toMatchObject({ name: "agent 김", role: "agent" });
    const cookie = headers.get("set-cookie") ?? "";
    for (const part of ["parley_staff=", "HttpOnly", "SameSite=Strict", "Path=/"])
      expect(cookie).toContain(part);
    const me = await get<Me>(`${gateway.url}/v1/staff/me`, { cookie: cookie.split(";")[0] ?? "" });
    expect(me.body).toMatchObject({
      name: "agent 김",
      role: "agent",
      oidc: false,
      vendor: { id: "maru-lantern" },
    });
    expect(me.headers.get("cache-control")).toBe("no-store");
  });

  test("the token of the first run is a manager's, also without a cookie", async () => {
    const { body } = await get<Me>(`${gateway.url}/v1/staff/me`, bearer("first"));
    expect(body).toMatchObject({ name: "operator", role: "manager", until: null });
  });

  test.each([
    ["nobody", {}, "unauthorized"],
    ["a wrong token", { authorization: "Bearer staff_wrong" }, "unauthorized"],
    ["a cookie that was not made here", { cookie: "parley_staff=eyJhbGciOiJub25lIn0.e30." }, "unauthorized"],
  ])("%s is refused", async (_, headers, code) => {
    const { status, body } = await get<{ code: string }>(
      `${gateway.url}/v1/staff/me`,
      headers as Record<string, string>,
    );
    expect([status, body.code]).toEqual([401, code]);
  });

  test("whoever is nobody hears which ways in there are", async () => {
    const { body } = await get<{ about: object }>(`${gateway.url}/v1/staff/me`);
    expect(body.about).toEqual({ ways: "token" });
    const wrong = await post<{ code: string }>(`${gateway.url}/v1/staff/sign-in`, { token: "staff_wrong" });
    expect([wrong.status, wrong.body.code]).toEqual([401, "unauthorized"]);
  });

  test("a cookie changes nothing for a page of another origin, nor for one that says no origin", async () => {
    const { cookie } = await signedIn("manager");
    const turnAway = (headers: Record<string, string>) =>
      post<{ code: string }>(
        `${gateway.url}/v1/revocations`,
        { principal: "key:nobody" },
        { cookie, ...headers },
      );
    for (const headers of [{ origin: "http://evil.example" }, { origin: "http://shop.example" }, {}])
      expect((await turnAway(headers as Record<string, string>)).body.code).toBe("origin_refused");
    expect((await turnAway({ origin: gateway.url })).status).toBe(200);
  });

  test("a role that is too little is told which it takes", async () => {
    const refused = await post<{ code: string; about: object }>(
      `${gateway.url}/v1/revocations`,
      { principal: "key:nobody" },
      bearer("agent"),
    );
    expect([refused.status, refused.body.code, refused.body.about]).toEqual([
      403,
      "forbidden",
      { needs: "manager" },
    ]);
    const viewer = await post<{ code: string; about: object }>(
      `${gateway.url}/v1/orders/int_none/decision`,
      { verdict: "approve" },
      bearer("viewer"),
    );
    expect([viewer.body.code, viewer.body.about]).toEqual(["forbidden", { needs: "agent" }]);
  });

  test("signing out takes the cookie away", async () => {
    const { headers, status } = await post(`${gateway.url}/v1/staff/sign-out`, {}, await signedIn("agent"));
    expect(status).toBe(204);
    expect(headers.get("set-cookie")).toMatch(/parley_staff=;.*Max-Age=0/);
  });

  test("a token that is taken back ends its sign-ins as well, and another role counts at once", async () => {
    tokens.passing = listStaff(file, "Passing", "manager");
    const cookie = await signedIn("passing");
    listStaff(file, "Passing", "viewer");
    expect((await get<Me>(`${gateway.url}/v1/staff/me`, cookie)).body.role).toBe("viewer");
    unlistStaff(file, "Passing");
    expect((await get(`${gateway.url}/v1/staff/me`, cookie)).status).toBe(401);
    expect((await get(`${gateway.url}/v1/staff/me`, bearer("passing"))).status).toBe(401);
  });
});

describe("a socket of staff", () => {
  const hello = async (role: string, headers: Record<string, string>, more: object = {}) => {
    const { welcome } = await HttpBuyer.open(gateway.url);
    const peer = await Peer.open(gateway.ws, { role, session: welcome.session, ...more }, headers);
    const frame = await peer.until(({ type }) => type === "welcome" || type === "fault", "an answer");
    peer.close();
    return frame.type === "fault" ? frame.code : frame.type;
  };

  test("opens by cookie for the gateway's own pages, as far as the role goes", async () => {
    expect(await hello("operator", await signedIn("agent"))).toBe("welcome");
    expect(await hello("observer", await signedIn("viewer"))).toBe("welcome");
    expect(await hello("operator", await signedIn("viewer"))).toBe("forbidden");
  });

  test("opens by token", async () => {
    expect(await hello("operator", {}, { key: tokens.agent })).toBe("welcome");
    expect(await hello("operator", {}, { key: tokens.viewer })).toBe("forbidden");
    expect(await hello("observer", {}, { key: "staff_wrong" })).toBe("unauthorized");
    expect(await hello("observer", {})).toBe("unauthorized");
  });

  test("does not open by cookie for a page of a shop, where buyers may come from", async () => {
    const { cookie } = await signedIn("agent");
    const shop = { cookie, origin: "http://shop.example" };
    expect(await hello("operator", shop)).toBe("origin_refused");
    const buyer = await Peer.open(gateway.ws, {}, shop);
    await buyer.next("welcome");
    buyer.close();
  });
});

describe("the inbox", () => {
  const inbox = async (query = "") =>
    (await get<InboxPage>(`${gateway.url}/v1/staff/inbox${query}`, bearer("viewer"))).body;

  test("shows who talks, in what language, what is on the table and how far it may go down", async () => {
    const buyer = await HttpBuyer.open(gateway.url, {
      lang: "ko",
      currency: "KRW",
      kind: "person",
      channel: "chat",
    });
    // By its code: what is looked for in words may come too late on a crowded machine.
    await buyer.say({ act: { act: "propose", lines: [{ item: { sku: "HS-B1" }, quantity: 12 }] } });
    const { rows, counts } = await inbox();
    const [row] = rows as [Row];
    expect(row).toMatchObject({
      session: buyer.welcome.session,
      who: { kind: "person", tier: "anonymous" },
      ...{ lang: "ko", channel: "chat", state: "agent", operator: null, waiting_since: null, seq: 3 },
      last: { by: "agent" },
    });
    expect(row.value?.amount).toBeGreaterThan(1_000_000);
    expect(row.allowed_bp).toBeGreaterThan(row.discount_bp ?? 10_000);
    expect(counts.agent).toBe(rows.length);
  });

  test("is filtered, searched and read page by page, the last changed first", async () => {
    const ids: string[] = [];
    for (const word of ["first", "second", "third"]) {
      const buyer = await HttpBuyer.open(gateway.url, { lang: "en", channel: "chat", kind: "machine" });
      await buyer.say({ act: { act: "search", query: `desk lamp ${word}` } });
      ids.unshift(buyer.welcome.session);
    }
    const all = await inbox("?kind=machine&lang=en&state=agent");
    expect(all.rows.slice(0, 3).map(({ session }) => session)).toEqual(ids);
    const page = await inbox("?kind=machine&limit=2");
    expect(page.rows.map(({ session }) => session)).toEqual(ids.slice(0, 2));
    const next = await inbox(`?kind=machine&limit=2&after=${encodeURIComponent(page.next ?? "")}`);
    expect(next.rows[0]?.session).toBe(ids[2]);
    expect((await inbox(`?q=${ids[1]}`)).rows.map(({ session }) => session)).toEqual([ids[1]]);
    expect((await inbox("?state=with_person")).rows).toEqual([]);
    const wrong = await get<{ code: string; detail: string }>(
      `${gateway.url}/v1/staff/inbox?state=asleep`,
      bearer("viewer"),
    );
    expect([wrong.status, wrong.body.code]).toEqual([422, "bad_frame"]);
    expect(wrong.body.detail).toContain("state");
  });

  test("counts those who read it live as there for whoever asks for a person, viewers not among them", async () => {
    const asks = async () => {
      const buyer = await HttpBuyer.open(gateway.url, { kind: "person", channel: "chat" });
      const { body } = await buyer.say({ act: { act: "ask_person" } });
      const [reply] = body.events;
      return reply?.event.kind === "reply" ? reply.event.move.handoff : undefined;
    };
    const looks = await Sse.open(`${gateway.url}/v1/staff/inbox/live`, bearer("viewer"));
    expect(await asks()).toBe("callback");
    const works = await Sse.open(`${gateway.url}/v1/staff/inbox/live`, bearer("agent"));
    await expect.poll(asks).toBe("waiting");
    const waiting = await inbox("?state=needs_person");
    expect(waiting.rows[0]).toMatchObject({ state: "needs_person", waiting_since: expect.any(String) });
    expect(waiting.counts.needs_person).toBeGreaterThan(1);
    await works.close();
    await expect.poll(asks).toBe("callback");
    await looks.close();
  });

  test("forgets what was erased, and tells those who read it live", async () => {
    const live = await Sse.open(`${gateway.url}/v1/staff/inbox/live`, bearer("viewer"));
    const buyer = await HttpBuyer.open(gateway.url, { lang: "en", channel: "chat" });
    await buyer.say({ text: "my name is Canary Featherstone" });
    const { session, secret = "" } = buyer.welcome;
    expect((await inbox(`?q=${session}`)).rows).toHaveLength(1);
    const before = (await inbox()).counts;
    const gone = await post(
      `${gateway.url}/v1/sessions/${session}/erase`,
      {},
      { authorization: `Bearer ${secret}` },
    );
    expect(gone.status).toBe(200);
    const { rows, counts } = await inbox();
    expect(JSON.stringify(rows)).not.toContain(session);
    expect(counts.agent).toBe((before.agent ?? 0) - 1);
    for (;;) {
      const { event, data } = await live.next();
      if (event === "gone" && InboxGone.parse(JSON.parse(data)).session === session) break;
    }
    await live.close();
  });

  test("tells live of what changes", async () => {
    const live = await Sse.open(`${gateway.url}/v1/staff/inbox/live`, bearer("agent"));
    const buyer = await HttpBuyer.open(gateway.url, { lang: "en" });
    await buyer.say({ text: "hello there" });
    for (;;) {
      const { event, data } = await live.next();
      if (event !== "row") continue;
      const row = JSON.parse(data) as Row;
      if (row.session === buyer.welcome.session && row.seq === 3) break;
    }
    await live.close();
  });
});
