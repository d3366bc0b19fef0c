/** Korean particles that change their shape: the form after a final consonant first. */
export type Particle = "은/는" | "이/가" | "을/를" | "과/와" | "으로/로" | "이에요/예요";

/**
 * The word with its particle, chosen by the sound the word ends in as Koreans read it aloud: Hangul by its final
 * consonant, digits as Sino-Korean, money by its currency ("₩1,000" ends in 원), capitals by their letter names,
 * other Latin words by the usual transcription. Closing quotes and brackets are not read.
 */
export function withParticle(word: string, particle: Particle): string {
  const end = ending(word);
  const [closed = "", open = ""] = particle.split("/");
  const useOpen = end === "vowel" || (end === "rieul" && particle === "으로/로");
  return word + (useOpen ? open : closed);
}

type Ending = "vowel" | "rieul" | "consonant";

function ending(word: string): Ending {
  const read =
    word.replace(/\s*[([（［][^()[\]]*[)\]）］]\s*$/u, "").replace(/[^\p{L}\p{N}%]+$/u, "") ||
    word.replace(/[^\p{L}\p{N}%]+$/u, "");
  const last = read.at(-1);
  if (last === undefined) return "vowel";
  if (last >= "가" && last <= "힣") return ofHangul(last);
  if (/\d/.test(last)) return ofNumber(read);
  return /[A-Za-z]/.test(last) ? ofLatin(read) : "vowel";
}

function ofHangul(syllable: string): Ending {
  const final = (syllable.charCodeAt(0) - 0xac00) % 28;
  return final === 0 ? "vowel" : final === 8 ? "rieul" : "consonant";
}

function ofNumber(text: string): Ending {
  if (/[₩¥]\s?[\d,.]+$/.test(text)) return "consonant";
  if (/[$€£]\s?[\d,.]+$/.test(text)) return "vowel";
  // 일 칠 팔 end in ㄹ; 영 삼 육 and all of 십 백 천 만 억 in another consonant.
  const last = text.at(-1) ?? "0";
  return "178".includes(last) ? "rieul" : "036".includes(last) ? "consonant" : "vowel";
}

function ofLatin(text: string): Ending {
  if (/\d\s?(?:kg|mg|g)$/.test(text)) return "consonant";
  if (/\d\s?[A-Za-z]{1,3}$/.test(text) && !/\d[LMNR]$/.test(text)) return "vowel";
  const word = /[A-Za-z]+$/.exec(text)?.[0] ?? "";
  if (word === word.toUpperCase()) return ofLetter(word.at(-1) ?? "");
  const lower = word.toLowerCase();
  if (/(?:[^aeiou]le|[aeiou]le?|ll)$/.test(lower) && /l/.test(lower.slice(-2))) return "rieul";
  if (/(?:[mn]|ng|[aeiou](?:ne|me))$/.test(lower)) return "consonant";
  // 북, 백, 컵, 핏: a stop after a single vowel closes the syllable.
  return /(?:^|[^aeiou])(?:[aeiou]|oo)(?:ck|[bcgkpt])$/.test(lower) ? "consonant" : "vowel";
}

function ofLetter(letter: string): Ending {
  return "LR".includes(letter) ? "rieul" : "MN".includes(letter) ? "consonant" : "vowel";
}
