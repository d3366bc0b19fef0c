import type { Lang } from "../domain/text.ts";

export interface Attribute {
  readonly id: string;
  readonly en: readonly string[];
  readonly ko: readonly string[];
  /** Broader attributes: who asks for the size is also served by the height. */
  readonly within: readonly string[];
}

/**
 * What people ask about, one line each: id, then "<" and what it is within, English phrases, Korean phrases. English
 * matches whole words in any inflection, Korean matches inside words with any spacing (after "^" only where a word begins).
 * Ids that are spec keys or policy topics are written as those are.
 */
const TABLE = `# asked now, of typed figures
price | price, cost, list price | 가격, 정가, 금액
how_much | how much is, how much are, how much for | 얼마예요, 얼마에요, 얼마인가요, 얼마인지, 얼마죠, 얼마야, 얼만가요, 얼마입니까, 얼마나 해요, 얼마나 하나요
stock | stock, in stock, available, availability, how many left, are left, do you have left, sold out, inventory | 재고, 품절, 남아 있, 남았, 수량 있, 매진

# the shop
shipping | shipping, shipment, ship, delivery, deliver, dispatch, courier | 배송, 배달, 택배, 출고, 발송
shipping_fee < shipping | shipping fee, shipping cost, shipping price, delivery fee, delivery cost, delivery charge, shipping charge, free shipping, free delivery, how much is shipping, how much is delivery, postage | 배송비, 배송료, 택배비, 무료배송, 무료 배송, 배송 요금
shipping_time < shipping | shipping time, delivery time, delivery days, lead time, how long does shipping, how long does delivery, how long does it take to arrive, when will it arrive, when does it arrive, when will it ship, how fast can you ship, how soon, arrive | 배송 기간, 배송기간, 도착, 언제 와, 언제 받, 언제 배송, 며칠 걸, 얼마나 걸, 배송 얼마나, 배송은 얼마나
shipping_abroad < shipping | international, abroad, overseas, ship internationally, internationally, customs | 해외, 국외, 관세
refund < returns | refund, money back | 환불
returns | return, returns, exchange, send back, send it back, change my mind | 반품, 교환, 청약철회, 단순 변심, 단순변심, 돌려보
warranty | warranty, guarantee, guaranteed, repair, after service, defect, defective, broken, breaks | 보증, 에이에스, ^a/s, ^as 기간, 무상 수리, 수리, 고장, 불량, 하자, 품질보증
payment | payment, pay, payment terms | 결제, 지불
payment_method < payment | card, credit card, paypal, apple pay, bank transfer, wire transfer, installment, instalment | 카드, 신용카드, 할부, 무통장, 계좌이체, 카카오페이, 네이버페이
payment_later < payment | net 30, pay later, on account, deferred | 외상, 후불, 나중에 결제
invoice < payment | invoice | 세금계산서, 현금영수증, 계산서
privacy | privacy, personal data, personal information, data protection, my data, my information | 개인정보, 개인 정보
subscription | subscription, subscribe, auto ship, recurring, every month | 정기배송, 정기 배송, 정기구독, 구독, 정기 주문
cancellation | cancel, cancellation | 취소
contact | contact, customer service, phone number, email, call you | 연락처, 고객센터, 고객 센터, 전화번호, 이메일
human | talking to a person, talking to a human, talk to a human, speaking to a human, speaking to a person, speaking with a human, speaking with a person, talking with a human, are you a bot, are you a human, are you human, are you a robot, are you real, are you a real person, are you a person, are you an ai, talking to a bot, talking to a robot | 사람이랑 이야기, 사람과 이야기, 로봇인가, 봇인가, 사람인가, 사람이에요, 사람이세요, 로봇이에요, 봇이에요
assembly_service | assembly service, someone assemble, somebody assemble, anyone assemble, you assemble, they assemble, someone install, you install, put it together for me, delivery with assembly | 조립해 주, 조립해주, 설치해 주, 설치해주, 조립 서비스, 조립 배송
tax | tax, taxes, sales tax, charge tax, charge sales tax, vat, include tax, tax included | 부가세, 세금, 부가가치세
hours < contact | opening hours, business hours, support hours, when are you open | 영업시간, 영업 시간, 상담 시간, 운영 시간, 몇 시까지
discount | discount, bulk, volume discount, coupon, promo code, promotion | 할인, 쿠폰, 대량 구매, 대량구매, 프로모션

# what it is
brand | brand, manufacturer, maker, made by, who makes, company | 브랜드, 제조사, 제조업체, 어디 거, 어디 제품
origin | country of origin, origin, where is it made, where is this made, where are these made, made in, manufactured in | 원산지, 제조국, 어디서 만들, 생산지, 어디 산
model | model, model number, part number, mpn, model name, model year | 모델명, 모델번호, 품번, 모델
category | what type of product, category | 종류, 카테고리

# size and weight
size | size, dimension, dimensions, measurement, how big, how large, how small, how compact, footprint, big, large | 크기, 사이즈, 치수, 규격, 얼마나 커, 얼마나 큰, 얼마나 큽
height < size | height, tall, how tall, how high, high | 높이, 신장
width < size | width, wide, how wide | 너비, 가로, ^폭
depth < size | depth, deep, how deep | 깊이, 세로
length < size | length, how long is it, how long is this, how long are they | 길이, 기장
thickness < size | thickness, thick, how thick, thin | 두께, 두꺼, 얇
diameter < size | diameter | 지름, 직경
weight | weight, weigh, heavy, how heavy, how light, lightweight, light weight, is it light, is this light, light enough, how many kilograms, how many kilos, how many pounds, how many grams | 무게, 중량, 무거, 무겁, 가벼, 가볍, 몇 킬로, 몇 그램, 몇 kg
max_load | max load, maximum load, load capacity, weight capacity, weight limit, how much weight, maximum weight, weight can it hold, weight recommendation, supports how much | 최대 하중, 하중, 견디, 몇 킬로까지, 몇kg까지
package_weight < weight | package weight, shipping weight, item package weight | 포장 무게, 배송 무게
package_size < size | package dimensions, box size, package size, item package dimensions | 포장 크기, 박스 크기
volume | volume, capacity, how much does it hold, litre, liter, gallon, ounces, fluid ounces | 용량, 용적, 몇 리터, 몇리터, 부피
quantity | how many pieces, how many come, number of items, number of pieces, pack size, item count, unit count, per pack, how many are in, how many in, piece count, package quantity, comes in a pack, how many do i get, how many does it come with | 몇 개, 몇개, 몇 장, 몇 매, 개수, 매수, 수량, 구성품 수, 입수

# screen, sound, picture
screen | screen, display, monitor, panel | 화면, 디스플레이, 액정, 패널
screen_size < screen, size | screen size, display size, how many inches, size of the screen, how big is the screen, inch, inches | 화면 크기, 화면크기, 화면 사이즈, 몇 인치, 인치, 화면은 얼마나 커, 화면이 얼마나
resolution < screen | resolution, pixel, 4k, full hd, 1080p, qhd | 해상도, 화소, 풀hd
refresh_rate < screen | refresh rate, hz, hertz | 주사율, 헤르츠
brightness | brightness, nits, bright, lumen, lumens | 밝기, 밝은, 루멘
touchscreen < screen | touchscreen, touch screen, touch | 터치
camera | camera, webcam | 카메라, 웹캠
speaker | speaker, audio, sound | 스피커, 음질, 사운드, 소리
noise | noise, noisy, loud, quiet, decibel, how loud, noise level | 소음, 시끄러, 시끄럽, 조용, 데시벨
noise_cancelling | noise cancelling, noise canceling, anc, noise cancellation | 노이즈 캔슬링, 노캔, 노이즈캔슬

# computing
processor | processor, cpu, chip, chipset | 프로세서, 씨피유, 시피유, 칩셋
graphics | graphics, gpu, graphics card, video card | 그래픽, 그래픽카드
memory | memory, ram | 메모리, ^램, 램 용량
storage | storage, ssd, hard drive, hdd, disk, storage capacity, hard disk | 저장 공간, 저장공간, 저장 용량, 저장용량, 하드, 에스에스디
os | operating system, os, windows, macos, linux, android, chrome os | 운영체제, 운영 체제, 윈도우, 윈도
ports | port, ports, connector, connection, usb, hdmi port, jack | 포트, 단자, 연결 단자, 커넥터
wireless | wireless, wirelessly, cordless, connectivity | 무선, 코드리스
bluetooth < wireless | bluetooth | 블루투스
wifi < wireless | wifi, wi-fi, wlan | 와이파이
keyboard | keyboard, backlit | 키보드, 자판
switch | switch, key switch | 스위치, ^축, 무슨 축

# power
battery | battery, batteries | 배터리, 건전지, 전지
battery_life < battery | battery life, battery last, how long does the battery, how long does the battery last, runtime, run time, playtime, playback time, hours of use, on one charge, on a single charge, last on a charge | 배터리 시간, 배터리 지속, 사용 시간, 사용시간, 재생 시간, 재생시간, 연속 사용, 배터리 오래, 배터리는 오래, 배터리가 오래, 배터리 얼마나, 배터리는 얼마나, 배터리가 얼마나, 배터리는 몇 시간, 배터리 몇 시간, 한 번 충전
batteries_included < battery | batteries included, battery included, come with batteries, comes with batteries, include batteries | 건전지 포함, 배터리 포함, 건전지 들어
batteries_required < battery | batteries required, need batteries, require batteries, battery operated, battery powered, take batteries, run on batteries, what kind of battery, what kind of batteries, battery type | 건전지 필요, 배터리 필요, 건전지 들어가
charging_time < charging | charging time, charge time, how long to charge, how long does it take to charge, fast charging, fast charge | 충전 시간, 충전시간, 고속 충전, 고속충전, 급속 충전, 급속충전
charging | charge, charging, charger, rechargeable, recharge | 충전
wattage | wattage, watt, watts, power, power consumption, how much power | 소비전력, 소비 전력, 와트, 출력, 전력
voltage | voltage, volt, volts, 110v, 220v, dual voltage | 전압, 볼트, 정격
power_source | power source, power source type, powered by, plug in, plug, electric, outlet | 전원, 콘센트, 플러그

# material, looks, wear
color | color, colour, shade, black, white, gray, silver, red, blue, navy, green, yellow, pink, purple, brown, beige | 검정, 검은색, 흰색, 하얀색, 회색, 은색, 빨간색, 파란색, 초록색, 블랙, 화이트, 그레이, 실버, 색상, 색깔, 컬러, ^색, 무슨 색, 어떤 색
material | material, materials, fabric, made of, made from, made out of, fabric type, textile, composition, metal, plastic, leather, cotton, polyester, wool, linen, wood, wooden, stainless steel, steel, aluminum, glass, rubber, silicone | 소재, 재질, 원단, 플라스틱, 가죽, 순면, 나무로, 원목, 금속, 알루미늄, 스테인리스, 실리콘, 뭐로 만들, 무엇으로 만들, 혼용률
finish | finish, finish type, coating | 마감, 코팅
shape | shape, round, square, rectangular | 모양, 형태
style | style, theme, design, pattern | 스타일, 디자인, 무늬
care | wash, washable, washing machine, machine washable, dishwasher, dishwasher safe, clean, dry clean, care instructions, iron | 세탁, 세척, 빨래, 빨아, 식기세척기, 청소, 드라이클리닝
waterproof | waterproof, water resistant, water resistance, water proof, rain, water resistance level, get wet, ip67, ip68 | 방수, 생활방수, 물에 젖, 물에 닿
fit | fit type, true to size, run small, run large, runs small, runs large | ^핏, 정사이즈, 작게 나, 크게 나
age_range | age, age range, how old, year old, years old, month old, manufacturer minimum age, toddler, baby, kids, children, adult, child | 나이, 연령, 사용 연령, 몇 살, 몇살, 아이가, 어린이
gender | gender, men or women, unisex, for men, for women, for boys, for girls, mens, womens, women, men, boy, girl | 성별, 남녀공용, 남성용, 여성용

# use
upgrade | upgrade, upgradable, upgradeable, expand, expandable | 업그레이드, 늘릴, 증설, 확장
compatibility | compatible, compatibility, compatible with, work with, works with, fit, fits, compatible devices, compatible phone models, vehicle | 호환, 같이 쓸 수, 맞나요, 맞을까, 연결되
included | included, include, included components, come with, comes with, in the box, what's in the box, what is in the box, components | 구성품, 구성, 포함, 들어 있, 같이 오, 동봉
assembly | assembly, assembled, assemble, put together, assembly required, install, installation, set up, setup, mount, mounting, mounting type | 조립, 설치, 장착
ingredients | ingredient, ingredients, contain, contains, allergen, allergy | 성분, 원재료, 재료, 함유, 알레르기, 알러지
flavor | flavor, flavour, taste | ^맛, 풍미
scent | scent, smell, fragrance, scented | ^향, 냄새, 향기
caffeine | caffeine, caffeinated, decaf, decaffeinated | 카페인, 디카페인
roast | roast, roasted, roast level | 로스팅, 배전도
expiry | expiry, expiration, expire, shelf life, best before, use by, expiration date | 유통기한, 소비기한, 사용기한, 유효기간
certification | certification, certified, kc, kc certified, ce mark, fda, approved | 인증
temperature | temperature, hot, cold, heat, how hot, how cold, degrees | 온도, 보온, 보냉, 몇 도
speed | speed, speeds, rpm, how fast | 속도, 회전수, 빠르기
heel | heel, heel height, heel type | ^굽
closure | closure, closure type, zipper, zip, lace, buckle, velcro | 지퍼, 여밈, 벨크로
sleeve | sleeve, sleeve type, long sleeve, short sleeve | 소매
pocket | pocket, pockets, compartment | 주머니, 포켓, 수납

# what people say
opinion | review, reviewer, reviews, rating, customers say, people say, what do people think, people think, people like it, do you like it, customers think, worth it, worth the money, worth the price, worth buying, value for money, any good, good, recommend, quality, durable, comfortable, how well | 후기, 리뷰, 평점, 평가, 평이, 쓸만, 괜찮, 좋은가, 좋나, 좋아요, 추천, 품질, 튼튼, 내구성, 편한, 편안, 장점, 돈 값, 가성비, 값어치
complaint < opinion | complaint, complaints, complain, complain about, people complain, customers complain, people complain about, any complaints, downside, drawback, disadvantage, dislike, people dislike, don't people like, don't like, bad review, negative review, cons, what is bad, what's bad, criticism | 단점, 불만, 아쉬운 점, 아쉬운, 나쁜 점, 안 좋은 점, 안 좋다
overview | tell me about, tell me more, tell me more about, more about, more info, more information, more details, details, describe, overview, summary, introduce, what is this, what's this, specs, spec, specification, specifications, spec sheet, data sheet | 자세히, 자세하게, 설명, 소개, 어떤 제품, 어떤 상품, 어떤 물건, 알려 주세요, 알려줘, 스펙, 사양, 제원
`;

/** What the attribute is usually called. */
export function phraseOf(id: string, lang: Lang): string {
  return ATTRIBUTES.find((attribute) => attribute.id === id)?.[lang][0]?.replace("^", "") ?? id;
}

/** Its usual names, the first few. */
export function phrasesOf(id: string, lang: Lang): readonly string[] {
  const phrases = ATTRIBUTES.find((attribute) => attribute.id === id)?.[lang] ?? [];
  return phrases.slice(0, NAMES).map((phrase) => phrase.replace("^", ""));
}

const NAMES = 4;

export const ATTRIBUTES: readonly Attribute[] = TABLE.split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"))
  .map((line) => {
    const [name = "", en = "", ko = ""] = line.split(" | ");
    const [id = "", within = ""] = name.split(" < ");
    return { id, en: list(en), ko: list(ko), within: list(within) };
  });

function list(cell: string): string[] {
  return cell.split(", ").filter((part) => part !== "");
}
