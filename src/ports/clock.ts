/** The only source of time. */
export interface Clock {
  /** RFC 3339 in UTC with milliseconds, MUST NOT run backwards within one process. */
  now(): string;
}
