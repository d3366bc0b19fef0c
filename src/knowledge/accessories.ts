import { terms } from "./terms.ts";

/**
 * Words for things that are bought for another thing: who asks for a camera is not asking for a camera case. They are
 * looked for in names, where the thing they belong to stands beside them.
 */
const ACCESSORY = `
  accessory adapter adaptor arm bag battery bezel bracket cable cage carrier cart cartridge case charger converter cooler
  cooling cord cover cradle dock drawer enclosure extender film filter folio hardshell harness holder holster hood lock
  mat mount mounting pad part pouch protection protector rack refill replacement rest ribbon riser skin sleeve slimshell
  slipcase spare stand strap stylus toner tray trolley
  가방 거치대 교체용 덮개 받침대 배터리 보호필름 부품 브래킷 슬리브 스킨 스트랩 어댑터 액세서리 충전기 카트리지 커버 케이블 케이스 토너
  파우치 패드 필름 필터 홀더
`;

/** Through the same function as every text, so that the terms agree. */
const WORDS: ReadonlySet<string> = new Set(
  ACCESSORY.trim()
    .split(/\s+/)
    .flatMap((word) => terms(word).slice(0, 1)),
);

/** True for a word of something that is bought for another thing. */
export function isAccessory(term: string): boolean {
  return WORDS.has(term);
}

/** True for the name, in terms, of something that is bought for a thing that was asked for: "sleeve for iPad". */
export function isFor(name: readonly string[], asked: ReadonlySet<string>): boolean {
  return name.some((term, at) => WORDS.has(term) || (term === "for" && asked.has(name[at + 1] ?? "")));
}
