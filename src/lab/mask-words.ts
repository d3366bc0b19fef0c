/** Names nobody has: stand-ins for people, companies, streets and houses. */
export const GIVEN_EN = [
  "Morgan",
  "Robin",
  "Casey",
  "Avery",
  "Jordan",
  "Riley",
  "Quinn",
  "Emery",
  "Rowan",
  "Sawyer",
];
export const FAMILY_EN = [
  "Ashdown",
  "Bellwood",
  "Carrow",
  "Dunmore",
  "Eastley",
  "Fairholm",
  "Garwick",
  "Hollins",
];
export const COMPANY_EN = [
  "Northlight",
  "Bluefern",
  "Stonebay",
  "Larkfield",
  "Openwell",
  "Millbrook",
  "Tallgrass",
];
export const STREETS_EN = [
  "Linden",
  "Maple",
  "Juniper",
  "Willow",
  "Hawthorn",
  "Chestnut",
  "Sycamore",
  "Alder",
];

/** Korean family and given names; of the given ones every other ends in a consonant, so that particles still fit. */
export const FAMILY_KO = ["김", "이", "박", "최", "정", "강", "조", "임", "한", "오"];
export const GIVEN_KO = ["하늘", "하나", "가람", "보라", "새봄", "나래", "다온", "아라", "한결", "슬기"];
export const COMPANY_KO = ["푸른솔", "새나래", "한바다", "맑은샘", "다솜", "온누리", "해오름", "늘찬"];
export const ROADS_KO = ["새빛로", "한빛로", "솔향로", "은하로", "나래로", "물빛로", "햇살로", "바람로"];
export const BUILDINGS_KO = ["한빛", "새솔", "다온", "푸름", "가온", "누리"];

/** Parts of a company's name that name nobody. */
export const COMPANY_WORDS =
  /^(?:llc|inc\.?|ltd\.?|co\.?|corp\.?|gmbh|company|studio|studios|design|group|partners|office|labs?|and|&|the|of|trading|books|supply|store|shop|services?|school|clinic|cafe|주식회사|\(주\)|유한회사|스튜디오|디자인|상사|산업|무역)$/i;

/** Whoever is spoken to with 님 or 씨 without being named. */
export const NOBODY_KO =
  /^(?:고객|사장|선생|판매자|손님|회원|상담원|담당자|직원|팀장|대표|과장|부장|점장|사모|아버|어머|형|누나|오빠|언니|여러분|이용자|구매자|관리자|매니저|기사|주인|선배|부모|장|대리|하나|날|솜|아저|아가|말|글|글쓴이|각|열|맘|사장님|주문자)$/;
