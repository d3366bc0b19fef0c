import type { Lang } from "../domain/text.ts";
import { HANGUL } from "./normalise.ts";

/**
 * The language of one message. Hangul is Korean; Latin letters are English, except that in a Korean talk an "ok",
 * a model name or a number tells nothing and the talk's language stays.
 */
export function languageOf(text: string, before: Lang): Lang {
  if (HANGUL.test(text)) return "ko";
  if (before === "en") return "en";
  return ENGLISH.test(text) ? "en" : before;
}

const ENGLISH =
  /\b(?:i|i'm|i'll|i'd|you|your|my|me|we|it|is|are|do|does|can|could|would|will|what|how|when|where|which|who|why|the|a|an|this|that|these|and|or|for|to|of|with|about|please|thanks|hello|hi|yes|no|not|want|need|looking|show|find|have|get|take|price|cheaper|deal|ship|under|each|any|there|if|but|all in|let's|let)\b/i;
