import { terms } from "./terms.ts";

/**
 * Words for things that are bought for another thing: who asks for a camera is not asking for a camera bag. They are
 * looked for in names, where the thing they belong to stands beside them.
 */
const BESIDE = `
  accessory adapter adaptor arm bag battery bezel bracket cable cage carrier cart cartridge charger converter cooler cooling
  cord cradle dock drawer drum extender filter harness hood lamp lens lock mat mounting pad part rack refill remote
  replacement rest ribbon riser roller spare strap stylus toner tray trolley
  가방 교체용 랙 매트 배터리 부품 브래킷 스트랩 암 액세서리 어댑터 연장선 예비 충전기 카트리지 케이블 코드 토너 트레이 패드 필터
`;

/** Those of them that are made to fit one thing, so that they are named by it. */
const FITTED = `
  case cover enclosure film floorstand folio hardshell holder holster mount pouch privacy protection protector skin sleeve
  slimshell slipcase stand
  거치대 덮개 받침대 보호필름 슬리브 스킨 커버 케이스 파우치 필름 홀더
`;

const termsOf = (list: string): ReadonlySet<string> =>
  // Through the same function as every text, so that the terms agree.
  new Set(
    list
      .trim()
      .split(/\s+/)
      .flatMap((word) => terms(word).slice(0, 1)),
  );
const fitted = termsOf(FITTED);
const accessories = fitted.union(termsOf(BESIDE));

/** True for a word of something that is bought for another thing. */
export function isAccessory(term: string): boolean {
  return accessories.has(term);
}

/** True for the name, in terms, of something that is bought for another thing. */
export function isBeside(name: readonly string[], asked: ReadonlySet<string>): boolean {
  return name.some(isAccessory) || isFitted(name, asked);
}

/**
 * True for the name of something made to fit a thing that was asked for: "iPhone 7 case", "tip for Apple iPod", or with
 * what was asked for far behind it, in a list of what it fits.
 */
export function isFitted(name: readonly string[], asked: ReadonlySet<string>): boolean {
  if (name.some((term) => fitted.has(term))) return true;
  const first = name.findIndex((term) => asked.has(term));
  const before = name.slice(0, Math.max(0, first));
  return before.slice(-NEAR).includes("for") || before.slice(0, -FAR).some(isAccessory);
}

/** Terms between "for" and what it is for, and between an accessory and a list of what it fits. */
const NEAR = 4;
const FAR = 5;
