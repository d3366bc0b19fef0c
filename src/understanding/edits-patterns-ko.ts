import type { Edit } from "./edits.ts";
import type { Setting } from "./setting.ts";
import { lineFor, onlyWhich } from "./table.ts";
import { COUNTERS_KO } from "./words-ko.ts";

export const COUNT = `(\\d{1,4})(?:${COUNTERS_KO}|장|봉)(?!입)`;

type Found = readonly string[];
type Shape = readonly [RegExp, (found: Found, setting: Setting) => Edit | null];
const DO = "(?: ?(?:해|하|바꿔|변경|맞춰|교체|조정|부탁|가|할|바꿀|바꾸|정정|수정).{0,10})?";
const OFF =
  "(?:빼|뺄|제외|삭제|취소|없애|안(?: ?(?:할|살|사|해))?|됐|필요 ?없|패스|말고|없이|생략|뺍니다).{0,8}";

/** What a segment may say, the first that fits. */
export const SHAPES: readonly Shape[] = [
  [
    new RegExp(`^(?:나머지|다른 ?거|그 ?외)(?:는|은|것은)? ?(?:다 |전부 |모두 )?(?:${OFF}|없(?:음|습니다))$`),
    () => ({ op: "rest", count: null }),
  ],
  [/^(?:나머지|그 ?외|다른 ?거)(?:는|은)? ?(?:다 )?그대로.*$/, () => ({ op: "rest", count: -1 })],
  [new RegExp(`^나머지(?:는|은)? ?${COUNT}씩(?:만)?${DO}$`), ([, c]) => ({ op: "rest", count: Number(c) })],
  [
    new RegExp(`^(?:전부|모두|다|각각|전체) ?(?:다 )?${COUNT}(?:씩)?(?:으로|로|만)?${DO}$`),
    ([, c]) => ({ op: "every", count: Number(c) }),
  ],
  [
    new RegExp(`^${COUNT}씩(?: ?(?:다|모두|전부))?(?:으로|로|만)?${DO}$`),
    ([, c]) => ({ op: "every", count: Number(c) }),
  ],
  [/^(?:둘|두 ?개|2개) ?다$/, () => ({ op: "every", count: null, first: 2 })],
  [/^(?:(?:세|3) ?(?:가지|개)|셋) ?(?:다|모두|전부)$/, () => ({ op: "every", count: null, first: 3 })],
  [/^(?:전부|모두) ?다?$/, () => ({ op: "every", count: null })],
  [new RegExp(`^(?:그 ?중(?:에)? ?)?${COUNT}(?:는|은|만) ([가-힣]{1,6}?)(?:으로|로)(?: .*)?$`), part],
  [new RegExp(`^${COUNT} ?(?:말고|아니고|아니라|대신에?),? ?${COUNT}(?:만|으로|로)?${DO}$`), () => null],
  [
    new RegExp(
      `^(.+?)(?:은|는|을|를|이|가)? ?${COUNT} ?(?:말고|아니고|아니라|대신에?),? ?${COUNT}(?:만|으로|로)?${DO}$`,
    ),
    ([, g = "", , c]) => ({ op: "set", goods: g, count: Number(c) }),
  ],
  [
    /^(.+?)(?:은|는|을|를|도)? ?(?:그대로|유지)(?: ?(?:두|놔두|하|해|가|유지).{0,6})?$/,
    ([, g = ""]) => ({ op: "keep", goods: g }),
  ],
  [
    /^(.+?)(?:은|는|을|를|만)? ?(?:(두|2|세|3) ?배|(절반|반))(?:만|로|으로)?(?: ?(?:늘|줄|해|하|주).{0,8})?$/,
    times,
  ],
  [
    new RegExp(`^(.+?)(?:은|는|을|를|만|에서)? ?${COUNT}(?:만|는|은)? ?(?:빼|뺄|줄여|줄일|덜|취소).{0,8}$`),
    ([, g = "", c]) => ({ op: "less", goods: g, count: Number(c) }),
  ],
  [
    new RegExp(
      `^(.+?)(?:은|는|을|를|도)? ?${COUNT}(?:만|를|을)? ?더(?: ?(?:추가|주|넣|담|해|보내|부탁|늘려|할).{0,8})?$`,
    ),
    ([, g = "", c]) => ({ op: "more", goods: g, count: Number(c) }),
  ],
  [
    new RegExp(
      `^(.+?)(?:은|는|을|를)? ?${COUNT}(?:으로|로|까지|만)? ?(?:줄|늘|변경|바꿔|바꿀|바꾸|맞춰|해|하|할|수정|정정|조정|올려).{0,10}$`,
    ),
    ([, g = "", c]) => ({ op: "set", goods: g, count: Number(c) }),
  ],
  [
    /^(.+?)(?:을|를|은|는|이|가)? ?(?:대신에?|말고(?:요)?|보다는?|아니고|아니라) (.+?)(?:으로|로|을|를|이)?(?: ?(?:바꿔|바꿀|변경|교체|해|할|하|부탁|주|되|가능).{0,10})?$/,
    swap,
  ],
  [
    /^(.+?)(?:을|를|은|는|만) (?:색상?(?:은|을|만)? )?(.+?)(?:으로|로) ?(?:바꿔|바꿀|바꾸|변경|교체|교환|해|할|하|부탁|가|주).{0,12}$/,
    swap,
  ],
  [
    /^(.+?) (?:색상?|색깔)(?:은|을|만|를)? (.+?)(?:으로|로) ?(?:바꿔|바꿀|변경|교체|해|할|부탁).{0,12}$/,
    swap,
  ],
  [
    /^(.+?)(?:으로|로) ?(?:바꿔|바꿀|변경|교체).{0,12}$/,
    ([, into = ""]) => ({ op: "swap", goods: null, into, count: null }),
  ],
  [new RegExp(`^(.+?)(?:은|는|을|를|도|만)? ?${OFF}$`), ([, g = ""]) => ({ op: "remove", goods: g })],
];

function part([, count, into = ""]: Found): Edit {
  return { op: "part", count: Number(count), into };
}

function times([, goods = "", twice, half]: Found): Edit {
  const by = half ? 0.5 : /세|3/.test(twice ?? "") ? 3 : 2;
  return { op: "times", goods, by };
}

function swap([, goods = "", into = ""]: Found, setting: Setting): Edit | null {
  if (/^(?:그거|이거|그것|저거|수량|개수)/.test(goods) || new RegExp(`^${COUNT}`).test(into)) return null;
  const whole =
    /^(?:색|색상)$/.test(goods) || (onlyWhich(goods, setting) && setting.offer?.lines.length === 1);
  const [, made = into, count] = new RegExp(`^(.+?)(?:으로|로)? ${COUNT}$`).exec(into) ?? [];
  return {
    op: "swap",
    goods: whole && !lineFor(goods, setting) ? null : goods,
    into: made,
    count: count === undefined ? null : Number(count),
  };
}
