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
  /** UTF-16 units of a remark beside something else. */
  note_chars: 400,
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
  /** Properties of one comparison. */
  compared_rows: 14,
  /** Orders decided in one request, and on one page of those that wait to be. */
  decisions: 50,
  /** Acts read from one message. */
  acts: 8,
  /** Look-ups of one turn. */
  lookups: 12,
  /** Rounds of look-up of one turn, each building on what the last one found. */
  lookup_rounds: 3,
  /** Milliseconds of one search unless configured, after which its worker ends. */
  search_ms: 300,
  /** Messages of one session that wait while an earlier one is worked on. */
  queued: 16,
  /** Messages of one session that were sent again while the first of their id waits or is worked on. */
  repeats: 256,
  /**
   * Basis points of the stock of a product, or of what is left in a budget, that sessions together may hold before
   * anything binds: no undecided buyer, and no crowd of them, empties the shop.
   */
  held_bp: 5_000,
  /** Products of which a session may have units kept from others, one after another. */
  goods_held: 40,
  /** Orders of one session that may wait for an answer at once: each keeps its units and what it took of budgets. */
  unanswered_orders: 20,
  /** Milliseconds that a member of staff holds a conversation without renewing, unless configured. */
  lease_ms: 30_000,
  /** Milliseconds that whoever takes a conversation waits for another node to end the words it is saying. */
  hush_ms: 400,
  /** Milliseconds that somebody who watches the inbox counts as there, and between two words of it. */
  attendance_ms: 30_000,
  attends_ms: 10_000,
  /** Milliseconds without anybody there before those who wait are told so: a page that is loaded again takes less. */
  absence_ms: 5_000,
  /** Milliseconds that a member of staff is signed in without being heard of, and at most. */
  staff_idle_ms: 3_600_000,
  staff_ms: 43_200_000,
  /** Sessions in the staff's inbox: those that changed last. */
  inbox: 2_000,
  /** Notes to the agent that one question to a model holds. */
  whispers: 4,
  /** How often a turn is decided again after a conflict over stock or a budget. */
  conflicts: 3,
  /** How often work on a session is begun again because another node took the session meanwhile. */
  claims: 8,
  /** Milliseconds that a node waits at most for another one at work in a session, before it takes the session from it. */
  courtesy_ms: 10_000,
  /** Sessions whose last event is asked for at once, by a node that only watches them. */
  watched_at_once: 250,
  /** Messages a minute on one connection, on average, unless configured; a burst of a tenth of it is allowed. */
  messages_per_minute: 1_200,
  /** Bytes of a message on the average: as many times the messages a minute may come in a minute. */
  message_bytes: 8_192,
  /** How many times what one connection may send all connections of one address, or of one principal, may together. */
  crowd: 20,
  /** How many times what one IPv6 address (a /56) may do all of the /48 around it may together. */
  network: 16,
  /** Connections of one address at once, and openings a minute, unless configured. */
  address_connections: 512,
  address_opens_per_minute: 1_200,
  /** Connections of one principal at once, unless its tier's rights say otherwise. */
  principal_connections: 2_000,
  /** Messages refused, less those taken, before a connection is cut that goes on sending what is too much. */
  refusals: 100,
  /** Milliseconds a ticket is good for. */
  ticket_ms: 60_000,
  /** UTF-16 units of a mandate as presented, and of a token. */
  mandate_chars: 16_000,
  token_chars: 8_000,
  /** Milliseconds between two looks at who was turned away by whom this node did not hear. */
  revocations_ms: 2_000,
  /** Milliseconds that a refused upgrade has to take its answer and go. */
  linger_ms: 2_000,
  /** Milliseconds within which a new connection has to say hello. */
  hello_ms: 10_000,
  /** Milliseconds of silence after which a client asks whether the gateway is there. */
  heartbeat_ms: 25_000,
  /** Milliseconds between the gateway's own pings; a peer that misses two is closed, within a minute of its last sign. */
  ping_ms: 19_000,
  /** Bytes waiting for a slow reader before it is closed (it may resume). */
  send_buffer_bytes: 1_048_576,
  /** Events of one page of history. */
  page_events: 300,
  /** Sessions open at once in one gateway. */
  sessions: 20_000,
  /** Milliseconds without use after which what a session remembers is kept small until it is needed. */
  rest_ms: 20_000,
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
  /** Texts of one request for vectors, UTF-16 units of each, and numbers of one vector. */
  embed_texts: 32,
  embed_chars: 2_000,
  embed_dimensions: 4_096,
  /** Milliseconds until a search goes on without a vector of its words, and those for a request that makes vectors of products. */
  embed_ms: 150,
  embed_batch_ms: 30_000,
  /** Numbers of all products' vectors together, 4 bytes each in memory; a larger catalogue is searched by words alone. */
  vector_numbers: 67_108_864,
  /** Candidate offers one decision looks at. */
  candidates: 5_000,
} as const;
