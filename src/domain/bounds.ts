/** Everything that can grow, and how far. Sent to clients in the welcome where it concerns them. */
export const BOUNDS = {
  /** Bytes of one WebSocket message or HTTP body. */
  frame_bytes: 65_536,
  /** Fragments of one WebSocket message. */
  frame_fragments: 64,
  /** UTF-16 units of one free-text message. */
  text_chars: 4_000,
  /** UTF-16 units of free text the house grammar reads; of longer ones it asks for the point. */
  read_chars: 1_500,
  /** Characters of an id that a client chooses. */
  id_chars: 64,
  /** Lines of one proposal or offer. */
  lines: 20,
  /** Issues that one message may put in order of importance. */
  priorities: 5,
  /** Units of one line. */
  quantity: 100_000,
  /** Offers of one reply. */
  offers: 3,
  /** Products of one answer to a search. */
  results: 5,
  /** Products side by side in a comparison. */
  compared: 3,
  /** Acts read from one message. */
  acts: 8,
  /** Look-ups of one turn. */
  lookups: 12,
  /** Rounds of look-up of one turn, each building on what the last one found. */
  lookup_rounds: 3,
  /** Milliseconds of one search, after which its worker ends. */
  search_ms: 300,
  /** Messages of one session that wait while an earlier one is worked on. */
  queued: 16,
  /**
   * Basis points of the stock of a product, or of what is left in a budget, that sessions together may hold before
   * anything binds: no undecided buyer, and no crowd of them, empties the shop.
   */
  held_bp: 5_000,
  /** Products of which a session may have units kept from others, one after another. */
  goods_held: 40,
  /** Orders of one session that may wait for an answer at once: each keeps its units and what it took of budgets. */
  unanswered_orders: 20,
  /** How often a turn is decided again after a conflict over stock or a budget. */
  conflicts: 3,
  /** Messages a minute on one connection, on average, unless configured; a burst of a tenth of it is allowed. */
  messages_per_minute: 1_200,
  /** Milliseconds within which a new connection has to say hello. */
  hello_ms: 10_000,
  /** Milliseconds between heartbeats; a peer that misses two is closed. */
  heartbeat_ms: 25_000,
  /** Bytes waiting for a slow reader before it is closed (it may resume). */
  send_buffer_bytes: 1_048_576,
  /** Events of one page of history. */
  page_events: 300,
  /** Sessions open at once in one gateway. */
  sessions: 20_000,
  /** Offers a session's state remembers, live ones before past ones: a talk's rounds, three offers each, and some more. */
  offers_kept: 48,
  /** Past proposals a session's state remembers: as many as a vendor may allow rounds. */
  proposals_kept: 200,
  /** Utterances a session's state remembers for a model to read, and UTF-16 units of each. */
  recent: 6,
  recent_chars: 400,
  /** Rounds of research of one turn: each may ask for further look-ups. */
  research_rounds: 2,
  /** UTF-16 units of a rendered prompt, and bytes of a model's answer. */
  prompt_chars: 24_000,
  answer_bytes: 262_144,
  /** Questions to a model of one turn, and of one session unless configured. */
  turn_questions: 5,
  session_questions: 400,
  /** Tokens, in and out, of one turn, and of one session unless configured. */
  turn_tokens: 24_000,
  session_tokens: 600_000,
  /** Milliseconds of one request to a model, and of all of a turn's, unless configured. */
  call_ms: 15_000,
  turn_model_ms: 30_000,
  /** On a voice channel: milliseconds until a filler is said, and until the house answers by itself. */
  filler_ms: 1_200,
  voice_ms: 3_500,
  /** Candidate offers one decision looks at. */
  candidates: 5_000,
} as const;
