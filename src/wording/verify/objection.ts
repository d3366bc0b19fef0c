/** What is wrong with somebody's words, told so that they can be mended. */
export interface Objection {
  readonly kind: ObjectionKind;
  /** The words objected to. */
  readonly words: string;
  /** One plain sentence for a model: what is wrong and how to mend it. */
  readonly say: string;
}

export type ObjectionKind =
  | "amount"
  | "percent"
  | "quantity"
  | "date"
  | "duration"
  | "unit"
  | "sku"
  | "name"
  | "availability"
  | "promise"
  | "total"
  | "language"
  | "register"
  | "markup"
  | "link"
  | "contact"
  | "characters"
  | "commitment"
  | "identity"
  | "secret"
  | "comparison"
  | "unknown_word"
  | "length"
  | "missing";
