/** State and province codes by what people write; the code is what an address carries as `region`. */
export const US_STATES: Readonly<Record<string, string>> = {
  ...{ alabama: "AL", alaska: "AK", arizona: "AZ", arkansas: "AR", california: "CA", colorado: "CO" },
  ...{
    connecticut: "CT",
    delaware: "DE",
    florida: "FL",
    georgia: "GA",
    hawaii: "HI",
    idaho: "ID",
    illinois: "IL",
  },
  ...{
    indiana: "IN",
    iowa: "IA",
    kansas: "KS",
    kentucky: "KY",
    louisiana: "LA",
    maine: "ME",
    maryland: "MD",
  },
  ...{
    massachusetts: "MA",
    michigan: "MI",
    minnesota: "MN",
    mississippi: "MS",
    missouri: "MO",
    montana: "MT",
  },
  ...{ nebraska: "NE", nevada: "NV", "new hampshire": "NH", "new jersey": "NJ", "new mexico": "NM" },
  ...{
    "new york": "NY",
    "north carolina": "NC",
    "north dakota": "ND",
    ohio: "OH",
    oklahoma: "OK",
    oregon: "OR",
  },
  ...{
    pennsylvania: "PA",
    "rhode island": "RI",
    "south carolina": "SC",
    "south dakota": "SD",
    tennessee: "TN",
  },
  ...{ texas: "TX", utah: "UT", vermont: "VT", virginia: "VA", washington: "WA", "west virginia": "WV" },
  ...{ wisconsin: "WI", wyoming: "WY", "district of columbia": "DC" },
};
export const US_CODES: ReadonlySet<string> = new Set(Object.values(US_STATES));

/** What has ZIP codes of the United States beside its states: territories, and the forces abroad. */
const US_ELSEWHERE: ReadonlySet<string> = new Set("AA AE AP AS GU MP PR VI".split(" "));

/** The code of a state of the United States, by that code ("CA", "US-CA") or by its name ("California"); null for what is none. */
export function usState(text: string): string | null {
  const bare = text.normalize("NFKC").trim().replace(/^US-/i, "");
  const code = bare.toUpperCase();
  if (US_CODES.has(code) || US_ELSEWHERE.has(code)) return code;
  const name = bare.toLowerCase().replace(/\s+/g, " ");
  return Object.hasOwn(US_STATES, name) ? (US_STATES[name] ?? null) : null;
}

/** Canadian provinces and territories. */
export const CA_CODES: ReadonlySet<string> = new Set("AB BC MB NB NL NS NT NU ON PE QC SK YT".split(" "));

/** First-level divisions of Korea, by their short names. */
export const KR_REGIONS: Readonly<Record<string, string>> = {
  ...{
    서울: "Seoul",
    부산: "Busan",
    대구: "Daegu",
    인천: "Incheon",
    광주: "Gwangju",
    대전: "Daejeon",
    울산: "Ulsan",
  },
  ...{
    세종: "Sejong",
    경기: "Gyeonggi",
    강원: "Gangwon",
    충북: "Chungbuk",
    충남: "Chungnam",
    충청북도: "Chungbuk",
  },
  ...{ 충청남도: "Chungnam", 전북: "Jeonbuk", 전남: "Jeonnam", 전라북도: "Jeonbuk", 전라남도: "Jeonnam" },
  ...{ 경북: "Gyeongbuk", 경남: "Gyeongnam", 경상북도: "Gyeongbuk", 경상남도: "Gyeongnam", 제주: "Jeju" },
};

export const COUNTRIES: Readonly<Record<string, string>> = {
  ...{
    usa: "US",
    "u.s.a.": "US",
    us: "US",
    "united states": "US",
    america: "US",
    korea: "KR",
    "south korea": "KR",
  },
  ...{
    canada: "CA",
    uk: "GB",
    "united kingdom": "GB",
    england: "GB",
    germany: "DE",
    france: "FR",
    japan: "JP",
  },
  ...{
    china: "CN",
    australia: "AU",
    spain: "ES",
    italy: "IT",
    대한민국: "KR",
    한국: "KR",
    미국: "US",
    일본: "JP",
  },
};
