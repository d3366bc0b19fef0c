import type { Edit } from "./edits.ts";

const COUNT = "(\\d{1,4})";
const GOODS = "(.+?)";

type Found = readonly string[];
type Shape = readonly [RegExp, (found: Found) => Edit | null];
export const n = (text: string | undefined) => (text === "one" ? 1 : Number(text));

/** What a segment may say, the first that fits: a new way to change an order is a new line. */
export const SHAPES: readonly Shape[] = [
  [
    /^(?:everything|all|it all) (?:stays|stay|else stays)(?: but| except(?: for)?)? (.+)$/,
    ([, g = ""]) => ({ op: "remove", goods: g }),
  ],
  [/^(?:all|everything) (?:but|except(?: for)?) (.+)$/, ([, g = ""]) => ({ op: "remove", goods: g })],
  [
    /^(?:drop|cancel|remove|skip|lose|leave out|leave off|forget|scrap) (?:the rest|everything else|the others?|all the rest)$|^nothing else$|^(?:the rest|everything else|the others) (?:can go|goes?|out)$/,
    () => ({ op: "rest", count: null }),
  ],
  [
    new RegExp(`^${COUNT} (?:each )?of (?:the rest|everything else|the others|all the others)$`),
    ([, c]) => ({ op: "rest", count: n(c) }),
  ],
  [
    new RegExp(`^${COUNT} of (?:everything|all of them|all)$|^everything (?:to|at) ${COUNT}$`),
    ([, c, d]) => ({ op: "every", count: n(c ?? d) }),
  ],
  [/^both(?: of (?:them|those|these))?$/, () => ({ op: "every", count: null, first: 2 })],
  [/^all (\d)(?: of (?:them|those|these))?$/, ([, c]) => ({ op: "every", count: null, first: n(c) })],
  [/^(?:only |just )?the (?:first|top) (\d)$/, ([, c]) => ({ op: "every", count: null, first: n(c) })],
  [
    new RegExp(`^(?:make|change|turn|switch) ${COUNT} of (?:them|those|these)(?: to| into)? (.+)$`),
    ([, c, g = ""]) => ({ op: "part", count: n(c), into: g }),
  ],
  [
    new RegExp(
      `^(?:swap|replace|trade|exchange|substitute|switch|change) (?:out )?${GOODS} (?:for|with|to|into) (?!\\d+$)(?:an? )?(.+)$`,
    ),
    swap,
  ],
  [
    /^(?:have |do |make it |make that |take )?(.+?) (?:instead of|rather than|in place of) (?!\d+$)(.+)$/,
    insteadOf,
  ],
  [/^(?:make|have) (.+) (\d{1,4})(?: \w+)?$/, set],
  [
    /^(?:make|have) (it|that) (\d{1,4}) (?:of )?(.+)$/,
    ([, , c, g = ""]) => ({ op: "set", goods: g, count: n(c) }),
  ],
  [/^(.+?),? (\d{1,4}) of (?:those|them|these)$/, set],
  [
    /^not (?:that|this|it)(?: one)? (?:but )?(?:the )?(?:ones? (?:with|in) )?(?:the )?(.+?)(?: ones?)?$/,
    notThat,
  ],
  [
    /^could (.+) be (.+?)(?: instead)?$/,
    ([, g = "", into = ""]) => ({ op: "swap", goods: g, into, count: null }),
  ],
  [
    /^(?:switch|change|swap) (?:it |that |this |them )?(?:to|for) (?!\d+$)(.+?)(?: instead)?$/,
    ([, into = ""]) => ({ op: "swap", goods: null, into, count: null }),
  ],
  [
    new RegExp(
      `^(?:make|change|bump|cut|set|bring|take|raise|increase|reduce|lower|get|drop|put) ${GOODS}(?: (?:up|down|back))? to (?:an? )?${COUNT}(?: \\w+)?$`,
    ),
    set,
  ],
  [
    new RegExp(`^(?:go )?(?:up|down) to ${COUNT} (.+)$`),
    ([, c, g = ""]) => ({ op: "set", goods: g, count: n(c) }),
  ],
  [
    /^(?:take|drop|remove|knock|get rid of|lose|cut|leave out) (\d{1,4}|one) (?:of )?(.+?)(?: off| out)?$/,
    ([, c, g = ""]) => ({ op: "less", goods: g, count: n(c) }),
  ],
  [
    new RegExp(`^(?:take|leave|cut|get|cross|knock|strike) (?!\\d)${GOODS} (?:off|out)(?: .{0,20})?$`),
    ([, g = ""]) => ({ op: "remove", goods: g }),
  ],
  [
    /^(?:remove|drop|lose|ditch|forget(?: about)?|leave (?:out|off)|skip|cancel|delete|scrap|take (?:off|out)|get rid of|strike|cut|no|without|minus|never mind|i don't (?:want|need)|don't (?:want|need)|do not need|no need for|we don't need) (?!more|that|it$)(?:the )?(?!\d)(.+)$/,
    ([, g = ""]) => ({ op: "remove", goods: g }),
  ],
  [
    /^(?!.*\b(?:i|we|you)\b)(.+?),? (?:those |that |it )?(?:can go|goes away|isn't needed|aren't needed|not needed)$/,
    ([, g = ""]) => ({ op: "remove", goods: g }),
  ],
  [
    /^(?:keep|leave) (.+?)(?: as (?:it is|they are|is))?$|^(.+?) (?:stays?|remains?)(?: the same| as (?:it is|they are|is))?$/,
    ([, g, h]) => ({ op: "keep", goods: g ?? h ?? "" }),
  ],
  [
    /^(double|triple|halve) (?!it$|that$|them$|the order$)(.+)$/,
    ([, by = "", g = ""]) => ({ op: "times", goods: g, by: TIMES[by] ?? 1 }),
  ],
  [
    /^(twice|half) (?:as many|the number of) (.+)$/,
    ([, by = "", g = ""]) => ({ op: "times", goods: g, by: TIMES[by] ?? 1 }),
  ],
  [new RegExp(`^${COUNT} (?:fewer|less) (.+)$`), ([, c, g = ""]) => ({ op: "less", goods: g, count: n(c) })],
  [
    new RegExp(`^(?:add |include |throw in |put in )?${COUNT} more (?:of )?(.+)$`),
    ([, c, g = ""]) => ({ op: "more", goods: g, count: n(c) }),
  ],
  [new RegExp(`^${COUNT} not \\d+ (.+)$`), ([, c, g = ""]) => ({ op: "set", goods: g, count: n(c) })],
  [
    new RegExp(`^${COUNT} (.+?),? (?:not|instead of|rather than) \\d+$`),
    ([, c, g = ""]) => ({ op: "set", goods: g, count: n(c) }),
  ],
  [
    new RegExp(`^${GOODS},? (?:x|times|×) ?${COUNT}$`),
    ([, g = "", c]) => ({ op: "set", goods: g, count: n(c) }),
  ],
  [new RegExp(`^${GOODS} x${COUNT}$`), ([, g = "", c]) => ({ op: "set", goods: g, count: n(c) })],
  [new RegExp(`^${COUNT} ?x (.+)$`), ([, c, g = ""]) => ({ op: "set", goods: g, count: n(c) })],
];

const TIMES: Readonly<Record<string, number>> = { double: 2, twice: 2, triple: 3, halve: 0.5, half: 0.5 };

function set([, goods = "", count]: Found): Edit | null {
  return POINTS.test(goods) ? null : { op: "set", goods, count: n(count) };
}

/** "Not that one, the one with the red keys": what is red tells it from its like. */
function notThat([, into = ""]: Found): Edit {
  const [colour = into] = into.split(" ");
  return { op: "swap", goods: null, into: COLOURED.test(colour) ? colour : into, count: null };
}

const POINTS = /^(?:it|that|the (?:quantity|number|count|order))$/;

function swap([, goods = "", into = ""]: Found): Edit | null {
  const bare = into.replace(/ instead$/, "");
  return {
    op: "swap",
    goods: POINTS.test(goods) || goods === "this" ? null : goods,
    into: bare,
    count: null,
  };
}

function insteadOf([, said = "", wrong = ""]: Found): Edit | null {
  const [, count, into = said] = /^(\d+) (?:of )?(.+)$/.exec(said) ?? [];
  return { op: "swap", goods: wrong, into, count: count === undefined ? null : n(count) };
}

export const COLOURED =
  /\b(?:black|white|blue|red|green|gr[ae]y|silver|gold|pink|yellow|brown|beige|navy|cyan|magenta|sand)\b|\d/;
