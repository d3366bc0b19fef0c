import type { Edit, Edits } from "./edits.ts";
import { SHAPES } from "./edits-patterns-ko.ts";
import type { Setting } from "./setting.ts";
import { lineFor, onlyWhich, wordsIn } from "./table.ts";
import { COUNTERS_KO } from "./words-ko.ts";

export class Reader {
  readonly #setting: Setting;
  #edits: Edit[] = [];
  /** Goods named one after another whose count is still to come. */
  #open: string[] = [];
  #noun = "";
  #adds = false;
  #talk = false;

  /** What does nothing to an order is passed over: the message was read by others, and only its goods are asked for. */
  readonly #beside: boolean;

  constructor(setting: Setting, beside: boolean) {
    this.#setting = setting;
    this.#beside = beside;
  }

  reads(segment: string): boolean {
    const bare = segment.replace(
      / ?(?:추가|같이|함께|포함|넣어|담아|얹어)(?:해|할|하고|로|요)?(?: ?(?:주세요|주))?$/,
      "",
    );
    if (bare !== segment) this.#adds = true;
    return this.#counted(bare) || this.#shaped(segment) || this.#listed(bare) || this.#spoken(segment);
  }

  done(): Edits | null {
    if (this.#open.length > 0 || this.#edits.length === 0) return null;
    if (this.#edits.some((edit) => "goods" in edit && edit.goods !== null && !named(edit.goods))) return null;
    const rest = this.#edits.find((edit) => edit.op === "rest");
    const edits =
      rest?.op === "rest" && rest.count === -1 ? this.#edits.filter((edit) => edit !== rest) : this.#edits;
    return { edits, talk: this.#talk, adds: this.#adds };
  }

  #shaped(segment: string): boolean {
    for (const [pattern, make] of SHAPES) {
      const found = pattern.exec(segment);
      const edit = found && make(found, this.#setting);
      if (!edit) continue;
      if ("goods" in edit && edit.goods !== null && !named(edit.goods)) continue;
      if (edit.op === "swap" && !named(edit.into)) return false;
      if (edit.op === "swap" && edit.goods === null && !onlyWhich(edit.into, this.#setting)) return false;
      if (edit.op === "every" && this.#open.length > 0) continue;
      const before = edit.op === "set" || edit.op === "remove" || edit.op === "keep" ? this.#open : [];
      if (edit.op === "more" && !lineFor(edit.goods, this.#setting)) this.#adds = true;
      for (const goods of before) this.#edits.push({ ...edit, goods } as Edit);
      this.#open = before.length > 0 ? [] : this.#open;
      this.#edits.push(edit);
      return true;
    }
    return false;
  }

  /** "웹캠 3개", "블랙 하나", "하나씩": a count, of what it names or of what was named before it. */
  #counted(segment: string): boolean {
    const found = COUNTED.exec(segment);
    if (!found) return false;
    const [, whole = "", digits, each] = found;
    const said = nounsBefore(whole);
    if (said !== whole.trim() && !this.#beside) return false;
    const goods = bare(said.replace(/ (?:다|모두|전부|각각)$/, ""));
    const count = Number(digits ?? found[4]);
    if (digits === undefined && (count > LONE_COUNT || this.#setting.pointed)) return false;
    if (/도$/.test(said.trim())) this.#adds = true;
    if (goods === "" || /^(?:다|각각|각|모두|전부)$/.test(goods)) {
      if (this.#open.length === 0) return false;
      for (const one of this.#open) this.#edits.push({ op: "set", goods: one, count });
      this.#open = [];
      return true;
    }
    if (!named(goods)) return false;
    const apart = each === undefined ? [] : this.#apart(goods);
    if (apart.length > 1) {
      for (const one of [...this.#open, ...apart]) this.#edits.push({ op: "set", goods: one, count });
      this.#open = [];
      return true;
    }
    if (each !== undefined) for (const one of this.#open) this.#edits.push({ op: "set", goods: one, count });
    else if (this.#open.length > 0) {
      const which = onlyWhich(goods, this.#setting) && this.#open.length === 1;
      if (!which) return false;
      this.#noun = this.#open[0] ?? "";
    }
    this.#open = [];
    const which = onlyWhich(goods, this.#setting) && this.#noun !== "";
    const meant = which ? `${goods} ${kindOf(this.#noun, this.#setting)}`.trim() : goods;
    const kind = kindOf(goods, this.#setting);
    if (!which && kind !== "") this.#noun = goods;
    this.#edits.push({
      op: ONLY.test(segment) && lineFor(meant, this.#setting) && !this.#setting.offer ? "only" : "set",
      goods: meant,
      count,
    });
    return true;
  }

  /** "헤드셋 웹캠 다 9개씩", "파랑 빨강 하나씩": several named side by side, where each of the words names one. */
  #apart(goods: string): readonly string[] {
    const words = goods.replace(/ (?:다|모두|전부|각각)$/, "").split(" ");
    const which = words.every((word) => onlyWhich(word, this.#setting)) && this.#noun !== "";
    if (which) return words.map((word) => `${word} ${kindOf(this.#noun, this.#setting)}`);
    const lines = new Set(words.map((word) => lineFor(word, this.#setting)?.sku ?? ""));
    return lines.size === words.length && !lines.has("") ? words : [];
  }

  /** Goods without a count: of a list that one is coming for, or as many as what came before. */
  #listed(segment: string): boolean {
    const same = /^(.+?)(?:도|을|를|은|는)? (?:같은|동일한) (?:수량|개수)(?:으로|로)?$/.exec(segment)?.[1];
    const last = this.#edits.at(-1);
    if (same !== undefined && last?.op === "set") {
      this.#edits.push({ op: "set", goods: same, count: last.count });
      return true;
    }
    const only = /^(.+?)만(?: ?(?:하고|할게|남기|남겨|해|주).{0,6})?$/.exec(segment)?.[1];
    if (only !== undefined && lineFor(only, this.#setting)) {
      this.#edits.push({ op: "keep", goods: only });
      return true;
    }
    const goods = bare(segment.replace(/:$/, ""));
    if (
      goods.split(" ").some((word) => SAYS.test(word)) ||
      !named(goods) ||
      !/[가-힣a-z]{2}/.test(goods) ||
      goods.split(" ").length > 5
    )
      return false;
    this.#open.push(goods);
    return true;
  }

  #spoken(segment: string): boolean {
    const titles = (this.#setting.offer?.lines ?? []).map(({ title }) => title);
    const names = segment
      .split(" ")
      .some((word) => word.length > 1 && titles.some((title) => title.includes(word)));
    if (/\d/.test(segment) || names || !(this.#beside || TALKS.test(segment))) return false;
    this.#talk = true;
    return true;
  }
}

/** More than so many without a counter are a size, or a price. */
const LONE_COUNT = 20;
const ONLY = /만$/;
const TALKS = /(?:어서|아서|해서|라서|니까|거든요|어요|네요|습니다|이라|고요|는데요?)$/;
const COUNTED = new RegExp(
  `^(.*?)\\s?(?:(\\d{1,4})(?:${COUNTERS_KO}|장|봉)(?!입)(?:(씩)|만|으로|로|정도|를|을)?(?:만|으로|로)?|(?<=\\s|:)(\\d{1,3}))$`,
);

/** The words that name goods stand right before their count: back to where something else was said. */
export function nounsBefore(said: string): string {
  const words = said.trim().split(" ");
  const last = words.findLastIndex((word, at) => at < words.length - 1 && SAYS.test(word));
  return words.slice(last + 1).join(" ");
}

const SAYS =
  /^(?:저희|우리|저|제가|이번|이번엔|지금|오늘|내일|총|우선|일단|새로|다시|혹시|그냥|한번|먼저|대략|한|좀|더|또|네|예|그럼|그러면|아까|방금|회사|팀|직원|전부|모두|다)(?:는|은|가|이|도|에|에는|에서|로|으로)?$|.(?:요|고|서|면|니까|지만|는데|은데|인데|한데|던데|까지|에서|에는|에게|에게는|한테|으로|부터|때문에|처럼|마다|보다|려고|테니|거든|습니다|니다|이라|라서|대로|께|해|쓸|할|갈|둘|살|놓을|줄|드릴|쓰게|하게|있게)$/;

function bare(goods: string): string {
  return goods
    .replace(/:/g, " ")
    .trim()
    .replace(
      /(?<=[가-힣a-z0-9])(?:짜리|으로|로|은|는|을|를|도|만)$/,
      (particle, at: number, whole: string) => (at < 2 || KEEPS.test(whole) ? particle : ""),
    )
    .replace(/ ?(?:그거|그것)$/, "")
    .trim();
}

/** Nouns that end like a particle. */
const KEEPS = /(?:종이|먹이|사이|고양이|용이|놀이|가로|세로|컬러로|스탠드|카드|필로|솔로|킬로)$/;

function kindOf(goods: string, { lexicon }: Setting): string {
  return wordsIn(goods.replace(lexicon.colour, " "))
    .filter((word) => !/^\d/.test(word) && !/^(?:갈축|적축|청축)$/.test(word))
    .join(" ");
}

function named(goods: string): boolean {
  const words = wordsIn(goods);
  return words.length > 0 && !/^\d+(?:에|으로|로)$/.test(goods) && words.length <= 6 && !UNNAMED.test(goods);
}

const UNNAMED =
  /(?:^|\s)(?:네|아니|그렇게|이대로|그대로|진행|주문|결제|확정|동의|좋아|감사|고마|사람|인원|명|시간|분|번|회|년|월|일|더|또|좀|안|못|왜|제가|저희|우리|수량|개수|나머지|전부|모두|다|할게|주세요|취소|생각|말씀|조건|제안|배송비|가격|정가|기준|예산|인원|해서|까지|오늘|내일|지금|나중|마음|필요)(?:은|는|이|가|을|를|도|만|에|로|으로|요)?(?=\s|$)|(?:습니다|어요|아요|해요|네요|세요|까요|줘요|나요|고요|거든|[은는인]데|지만|니까|떻게|[해어아]야)(?=\s|$)|\d+(?:개|대)(?![가-힣]*입)/;
