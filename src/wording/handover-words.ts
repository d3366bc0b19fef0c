import type { HandoffTo, HandoffWhy } from "../domain/handoff.ts";
import type { Words } from "../domain/reply.ts";
import type { Staffed } from "../domain/shift.ts";
import type { Lang } from "../domain/text.ts";
import { hoursTold } from "./hours.ts";
import { plain } from "./plain.ts";

/** Who answers from here on, for people: a line of its own beside what is said. */
export function handoverWords({ to, why, by, name, ...hours }: Handover, lang: Lang): Words {
  const t = NOTICES[lang];
  const who = name === null ? t.somebody : plain(name, 60);
  const text = {
    waiting: () => (why === "unsure" ? t.unsure : t.waiting),
    // Whoever asked is told in the reply how to be reached.
    callback: () =>
      by === "buyer"
        ? t.nobody
        : [why === "nobody_came" ? t.busy : t.nobody, ...hoursTold(hours, lang), t.leave].join(" "),
    person: () => t.person(who),
    agent: () => (why === "lease_ended" ? t.ended(who) : why === "resolved" ? t.resolved(who) : t.back(who)),
  }[to]();
  return { lang, text, speech: text, reprompt: "" };
}

interface Handover {
  readonly to: HandoffTo;
  readonly why: HandoffWhy;
  readonly by: "buyer" | "agent" | "operator" | "gateway";
  readonly name: string | null;
  readonly staffed?: Staffed;
}

interface Notices {
  readonly somebody: string;
  readonly waiting: string;
  readonly unsure: string;
  readonly nobody: string;
  /** Somebody is there, and had no time. */
  readonly busy: string;
  readonly leave: string;
  person(who: string): string;
  back(who: string): string;
  ended(who: string): string;
  resolved(who: string): string;
}

const NOTICES: Readonly<Record<Lang, Notices>> = {
  en: {
    somebody: "A member of our team",
    waiting: "You are waiting for one of our team.",
    unsure:
      "I'm not sure I understand you, so I have asked one of our team to join. You can go on with me meanwhile.",
    nobody: "Nobody of our team is here just now.",
    busy: "Nobody of our team could join you so far.",
    leave: "Leave a phone number or an email address and they will get back to you.",
    person: (who) => `${who} has joined and answers you from here on.`,
    back: (who) => `${who} has handed you back to the shop's assistant. What else can I do for you?`,
    ended: (who) =>
      `${who} is no longer here. The shop's assistant answers again: please tell me once more what is still open.`,
    resolved: (who) => `${who} has closed this conversation. Thank you for coming.`,
  },
  ko: {
    somebody: "저희 상담원",
    waiting: "상담원을 기다리고 계세요.",
    unsure: "제가 잘 이해하지 못한 것 같아 상담원을 불렀어요. 그동안 저와 계속 이야기하셔도 돼요.",
    nobody: "지금은 자리에 있는 상담원이 없어요.",
    busy: "아직 들어올 수 있는 상담원이 없어요.",
    leave: "전화번호나 이메일을 남겨 주시면 다시 연락드릴게요.",
    person: (who) => `${who} 님이 들어왔어요. 이제부터 직접 답해 드려요.`,
    back: (who) => `${who} 님이 상담을 마치고 매장 도우미에게 넘겼어요. 더 도와드릴 일이 있으세요?`,
    ended: (who) =>
      `${who} 님의 연결이 끊겨 매장 도우미가 다시 답해 드려요. 아직 남은 일이 있으면 한 번 더 말씀해 주세요.`,
    resolved: (who) => `${who} 님이 상담을 마쳤어요. 찾아 주셔서 감사해요.`,
  },
};
