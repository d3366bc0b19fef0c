import { settled } from "./clause.ts";
import { type Heard, sure } from "./heard.ts";
import type { Setting } from "./setting.ts";

/**
 * Something about goods they have: they came broken, do not work, are not those ordered, or are to go back. Read before
 * any goods are looked for: who complains of a chair wants no chair, but what the shop rules of it.
 */
export function supportFor(raw: string, setting: Setting): Heard | null {
  const text = settled(raw, setting);
  const { attack, cancel } = setting.lexicon.cues;
  // Beside an amount the state of goods is what it is haggled over by.
  if (attack.test(text) || cancel.test(text) || /[$₩€£]|\d{2,}/.test(text)) return null;
  const arrived = ARRIVED.test(text);
  if (setting.state.ask !== null && !arrived) return null;
  // The rule is asked for by what it is about: which goods it is, and how they broke, is in no rule.
  const faulty = { act: "ask", topic: "returns", question: FAULTY[setting.lexicon.lang] } as const;
  const supposed = SUPPOSED.test(text);
  if (!supposed && (arrived || (!ASKS.test(text) && FAILED.test(text))))
    return { ...sure(0.9, faulty), whole: true };
  // What is to become of an order of this talk is read with it.
  if (setting.state.intents.length > 0 || supposed || ASKS.test(text) || !SENDS_BACK.test(text)) return null;
  return { ...sure(0.9, { act: "ask", topic: "returns" }), whole: true };
}

const FAULTY = { en: "faulty or wrong goods", ko: "하자가 있거나 잘못 배송된 상품" } as const;

const SUPPOSED = /\b(?:if|in case|what happens when|suppose)\b|(?:으면|면|경우|때는|을 ?때)(?=\s|,|$)/;
const ASKS = /[?？]|(?:나요|까요|가요)\s*[.!]*$/;

/** How goods came: whatever is asked beside it, they have them. */
const ARRIVED = new RegExp(
  [
    "\\b(?:arrived|came|turned up|was delivered|were delivered|showed up)\\b.{0,30}\\b(?:broken|damaged|defective|faulty|cracked|smashed|scratched|dented|torn|dead|incomplete|without)\\b",
    "\\b(?:received|got|sent me|delivered|shipped me)\\b (?:me )?(?:an? |the |my )?(?:[a-z]+ ){0,3}(?:broken|damaged|defective|faulty|cracked|wrong)\\b",
    "\\bwrong (?:item|product|colou?r|size|model|thing|one)\\b.{0,20}\\b(?:arrived|came|delivered|sent)\\b",
    "\\b(?:something|part|parts|piece|pieces|screws?)(?:'s| is| are| were)? missing (?:from|in|with)\\b",
    "(?:부서|부러|깨|파손|망가|찢|고장|불량|하자|찌그러|긁)[가-힣]* ?(?:상태로 ?|채로? ?|것이? ?|게 ?|거 ?)?(?:왔|도착|배송|받았)",
    "(?:다른|엉뚱한|잘못된|틀린) ?(?:상품|물건|제품|색|색상|색깔|사이즈|모델|거|것|게)(?:이|가|을|를|으로)? ?(?:왔|도착|배송|받았|보내셨)",
    "(?:부품|구성품|나사|하나|일부)(?:이|가|들이)? ?(?:빠져|빠진|누락|없이) ?(?:서 ?|채 ?)?(?:왔|도착|됐|있)",
  ].join("|"),
);

/** What they have does not do what it should; "that doesn't work for me" speaks of a price. */
const FAILED = new RegExp(
  [
    "\\b(?:my|our|the [a-z ]{2,30} (?:i|we) (?:bought|ordered|got)|one of (?:my|our|the)) ?(?:[a-z0-9]+ ){0,4}(?:(?:is|are|was|were) (?:already )?(?:broken|defective|faulty|damaged|cracked|not working)|(?:doesn't|does not|don't|won't|stopped|isn't|aren't) (?:work|turn|charg|start|switch)[a-z]*|broke|fell apart|died)\\b",
    "(?:고장|불량|하자)(?:이|가)? ?(?:났|나 ?있|나서|이에요|예요|입니다|이네요|인 ?것|인데|있(?:어요|습니다|네요))",
    "(?:산|구매한|구입한|주문한|받은) .{1,20}(?:안 ?(?:돼|되|켜|움직)|작동|먹통|이상해)",
    "(?:부서졌|부러졌|망가졌|깨졌|깨져 ?있|부서져 ?있)",
  ].join("|"),
);

/** "I want to return my headphones", "환불해 주세요". */
const SENDS_BACK = new RegExp(
  [
    "\\b(?:want|like|need|going|please) (?:to )?(?:return|send back|exchange|refund) (?:my|the|a|an|this|these|it|them|something|what)\\b",
    "\\b(?:a |my |the )?refund (?:for|on|of) (?:my|the|a|this|these|an)\\b|\\b(?:want|like|get|need) (?:my|our) money back\\b",
    "(?:반품|환불|교환)(?:을|를|은|는)? ?(?:좀 ?)?(?:하고 ?싶|해 ?주세요|해 ?주실|할게요|하려고|신청|요청|부탁|받고 ?싶|원해)",
  ].join("|"),
);
