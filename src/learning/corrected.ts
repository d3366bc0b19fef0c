/** Words with which somebody says that the answer before was wrong, or not to what was asked. */
const CORRECTS = [
  /^(?:no|nope|nah)\b[,.!\s]+(?!thanks|thank|that'?s (?:all|fine|ok))/iu,
  /\b(?:that'?s|this is|it'?s|you'?re|that is) (?:not (?:what i|right|correct|true|my question|the question)|wrong|incorrect)/iu,
  /\bnot what i (?:asked|meant|said)|\bi (?:meant|was asking|asked) /iu,
  /\b(?:doesn'?t|does not|didn'?t|did not) answer\b/iu,
  /^아니(?:요|오|에요|예요)?[,.!\s]+(?!괜찮|됐)/u,
  /그게 아니|그거 말고|그 말이 아니|제 말은|제 질문은|물어본 건|물은 건|여쭤본 건|질문에 답/u,
  /틀렸|틀린 (?:답|정보|말)|잘못 (?:알|말|답|안내|이해)|엉뚱한/u,
];

export function corrects(text: string): boolean {
  return CORRECTS.some((words) => words.test(text.trim()));
}
