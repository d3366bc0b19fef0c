import { NOUNS_KO, VERBS_KO } from "./lexicon-ko.ts";

/**
 * The ways to read a run of Hangul as known stems with particles and endings; each way names the stems that carry its
 * sense. `extra` are nouns known besides. Empty where it cannot be read.
 */
export function readings(eojeol: string, extra: ReadonlySet<string>): readonly (readonly string[])[] {
  const ways: string[][] = [...known(eojeol)];
  if (extra.has(eojeol)) ways.push([eojeol]);
  for (let cut = eojeol.length - 1; cut >= 2; cut--) {
    const stem = eojeol.slice(0, cut);
    if (!extra.has(stem) || NOUNS.has(stem)) continue;
    ways.push(...ended(stem, eojeol.slice(cut)));
  }
  return ways;
}

/** Whether a run says that something is done: a past ending. */
export function isPast(eojeol: string): boolean {
  for (const char of eojeol)
    if (char !== "있" && char !== "겠" && partsOf(char).tail === SSANG_SIOT) return true;
  return false;
}

/** Whether what follows a name or a figure is particles, counters and endings only. */
export function isParticles(run: string): boolean {
  return PARTICLES.test(run) || isLight(run);
}

const NOUNS = new Set(NOUNS_KO);

/** A pure function's results, since the same few hundred words come in every turn. */
const READ = new Map<string, readonly string[][]>();
const READ_MAX = 20_000;

function known(eojeol: string): readonly string[][] {
  const before = READ.get(eojeol);
  if (before) return before;
  const ways: string[][] = NOUNS.has(eojeol) ? [[eojeol]] : [];
  for (const stem of verbsOf(eojeol, 0, FORMS)) ways.push([stem]);
  for (let cut = eojeol.length - 1; cut >= 1; cut--) {
    const stem = eojeol.slice(0, cut);
    if (NOUNS.has(stem)) ways.push(...ended(stem, eojeol.slice(cut)));
  }
  if (READ.size < READ_MAX && eojeol.length <= 12) READ.set(eojeol, ways);
  return ways;
}

/** The readings of a noun with what stands behind it. */
function ended(stem: string, rest: string): string[][] {
  if (PARTICLES.test(rest)) return [[stem]];
  if (stem.length < 2) return [];
  if (isLight(rest)) return [[stem]];
  const second = secondNoun(rest);
  return second === null ? [] : [[stem, second]];
}

const NIEUN = 4;
const DIEUT = 7;
const RIEUL = 8;
const MIEUM = 16;
const BIEUP = 17;
const SIOT = 19;
const SSANG_SIOT = 20;
const HIEUT = 27;
const EU = 18;
/** Vowel of the stem to that of its infinitive: ㅗ ㅘ, ㅜ ㅝ, ㅣ ㅕ, ㅡ ㅓ, ㅚ ㅙ. */
const CONTRACTED: Readonly<Record<number, number>> = { 8: 9, 13: 14, 20: 6, 18: 4, 11: 10 };

/** A second noun right behind the first ("배송 기간" written together), with its particles. */
function secondNoun(rest: string): string | null {
  for (let cut = rest.length; cut >= 2; cut--)
    if (NOUNS.has(rest.slice(0, cut)) && (PARTICLES.test(rest.slice(cut)) || isLight(rest.slice(cut))))
      return rest.slice(0, cut);
  return null;
}

/** Stems whose forms a run begins with, so that only endings and helping verbs are left. */
function verbsOf(run: string, depth: number, forms: ReadonlyMap<string, readonly string[]>): string[] {
  const stems: string[] = [];
  for (let cut = Math.min(run.length, 7); cut >= 1; cut--) {
    const found = forms.get(run.slice(0, cut));
    if (!found) continue;
    const rest = run.slice(cut);
    if (ENDINGS.test(rest) || (depth < 3 && verbsOf(rest, depth + 1, HELPERS).length > 0))
      stems.push(...found);
  }
  return stems;
}

/** A noun's verb: 하다, 되다, 드리다 and the like. */
function isLight(rest: string): boolean {
  return rest !== "" && verbsOf(rest, 1, LIGHT).length > 0;
}

const PARTICLES =
  /^(?:들|님|분|비|료)?(?:씩|쯤|정도|짜리|용|형|적|별|간|내|외|중|째|당|상|측|뿐|대로|만큼|같이|처럼|께서|께|에게서|에게|한테|에서|에|으로|로|서|부터|까지|보다|마다|밖에|조차|의|와|과|랑|이랑|하고|이나|나|이든지|이든|든지|든|라도|이라도|이라고|라고|이라는|라는|이라서|라서|이라|라|이란|란|이면|면|이며|며|이고|고|이지만|지만|인데요|인데|인지|인가요|인|일까요|일|입니다|입니까|이에요|예요|이었|였|이요|요|이죠|죠|이니|니|네요|이네요|도|만|은|는|이|가|을|를|보단|에는|엔|로는|로만|로도)*(?:요)?$/;

const FINALS = [
  "습니다|습니까|니다|니까|습니다만|니다만|답니다|랍니다|십시오|으십시오|읍시다|시다",
  "요|어요|아요|여요|세요|으세요|셔요|죠|지요|네요|군요|는군요|나요|은가요|는가요|가요|까요|을까요|게요|을게요|래요|을래요|려고요|으려고요",
  "는데요|은데요|데요|거든요|고요|구요|라고요|다고요|대요|예요|에요|걸요|을걸요|던데요|어서요|아서요|서요|니까요|으니까요|지만요|면요|으면요|도록요|게끔요",
  "고|며|으며|면|으면|면서|으면서|지만|는데|은데|데|니|으니|니까|으니까|서|어서|아서|여서|어|아|여|야|어야|아야|도|어도|아도|도록|게|게끔",
  "려|려고|으려고|려면|으려면|러|으러|든|든지|거나|거든|다가|다|자|자마자|더니|던|는|은|을|므로|으므로|느라|수록|을수록|듯|듯이|만큼",
  "라|라고|라는|라면|다고|다는|다면|자고|자는|냐고|래|까|나|으나|때|적|채|대로|세|셔|셔서|셔도|셔야|신|으신|실|으실|신지|신가요|실까요|실지|실게요|심|잖아요|습니다요",
].join("|");
/** Endings that make a noun of it, with a noun's particles behind. */
const NOMINAL =
  "기|긴|길|기엔|음|으심|는지|은지|을지|지|ㄴ지|던지|는가|은가|을까|까|면서|고서|고|서|어서|아서|도록|면|으면|게|데|는데|때|거|것|걸|건|거예요|것이|수|줄";
const ENDINGS = new RegExp(
  `^(?:으시|시|셨|으셨|겠|었|았|였)*(?:(?:${FINALS})(?:만|도|요)?|(?:${NOMINAL})(?:는|은|를|을|가|이|도|만|까지|부터|에|에는|로|의|나|라도|조차|보다|예요|이에요|입니다|요|인)*)?$`,
);

/** Verbs that stand behind another's infinitive without a space. */
const HELPER_STEMS =
  "드리 주 보 놓 두 내 가 오 나가 나오 버리 지 지내 있 없 않 싶 하 되 들 나 쓰이 대 받 시키".split(" ");
const LIGHT_STEMS =
  "하 되 드리 받 시키 있 없 스럽 롭 나 가 오 주 보 같 아니 지 내 해보 해주 해드리 넣 담 쓰".split(" ");

/** The shapes a stem takes before endings, its irregular ones included: more than are right, never another stem's. */
function formsOf(stem: string): string[] {
  const head = stem.slice(0, -1);
  const last = stem.at(-1) ?? "";
  const { lead, vowel, tail } = partsOf(last);
  const forms = new Set<string>([stem]);
  const add = (l: number, v: number, t: number, after = "") => forms.add(head + join(l, v, t) + after);
  const open = (v: number) => {
    for (const t of [0, NIEUN, RIEUL, MIEUM, BIEUP]) add(lead, v, t);
  };
  const infinitive = (v: number) => {
    add(lead, v, 0);
    add(lead, v, SSANG_SIOT);
  };
  if (tail === 0) {
    open(vowel);
    infinitive(CONTRACTED[vowel] ?? vowel);
    if (last === "시") forms.add(`${head}세`);
    if (last === "하") for (const t of [0, SSANG_SIOT]) forms.add(head + join(18, 1, t));
    if (vowel === EU) {
      infinitive(0);
      if (last === "르" && head !== "") {
        const before = partsOf(head.at(-1) ?? "");
        const doubled = head.slice(0, -1) + join(before.lead, before.vowel, RIEUL);
        for (const v of [0, 4]) for (const t of [0, SSANG_SIOT]) forms.add(doubled + join(5, v, t));
      }
    }
    return [...forms];
  }
  for (const vowelOf of ["아", "어", "았", "었"]) forms.add(stem + vowelOf);
  for (const ending of ["은", "을", "음", "으"]) forms.add(stem + ending);
  if (tail === RIEUL) for (const t of [0, NIEUN, BIEUP, RIEUL]) add(lead, vowel, t);
  if (tail === BIEUP)
    for (const after of ["우", "운", "울", "움", "워", "웠", "와", "왔"]) add(lead, vowel, 0, after);
  if (tail === DIEUT)
    for (const after of ["어", "었", "은", "을", "으", "아", "았"]) add(lead, vowel, RIEUL, after);
  if (tail === SIOT)
    for (const after of ["아", "어", "았", "었", "은", "을", "으"]) add(lead, vowel, 0, after);
  if (tail === HIEUT) {
    open(vowel);
    for (const v of [1, 5]) infinitive(v);
  }
  return [...forms];
}

function partsOf(syllable: string): { lead: number; vowel: number; tail: number } {
  const n = syllable.charCodeAt(0) - 0xac00;
  return { lead: Math.floor(n / 588), vowel: Math.floor((n % 588) / 28), tail: n % 28 };
}

function join(lead: number, vowel: number, tail: number): string {
  return String.fromCharCode(0xac00 + lead * 588 + vowel * 28 + tail);
}

/** Form to the stems it may be of. */
function tableOf(stems: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const table = new Map<string, string[]>();
  for (const stem of new Set(stems))
    for (const form of new Set(formsOf(stem))) table.set(form, [...(table.get(form) ?? []), stem]);
  return table;
}

const FORMS = tableOf(VERBS_KO);
const HELPERS = tableOf(HELPER_STEMS);
const LIGHT = tableOf(LIGHT_STEMS);
