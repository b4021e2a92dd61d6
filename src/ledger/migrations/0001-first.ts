import type { Migration } from "./migration.ts";

/**
 * Words that repeat (models, providers, tasks, kinds, names of checks) are interned in `names`; other tables hold their integers.
 * Money is in integer nano-USD, `day` counts UTC days since the epoch, `*_at_ms` are epoch milliseconds.
 */
export const FIRST: Migration = {
  title: "requests, attempts, reservations, rollups",
  up: (db) => db.exec(`${RECORDS} ${ROLLUPS}`),
};

const RECORDS = `
  CREATE TABLE names (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
  -- Stands for the model and the provider of a request that nobody answered.
  INSERT INTO names (id, name) VALUES (0, '(none)');

  CREATE TABLE requests (
    id INTEGER PRIMARY KEY,
    route_id TEXT NOT NULL UNIQUE,
    task INTEGER NOT NULL,
    started_at_ms INTEGER NOT NULL,
    budget_nano_usd INTEGER,
    deadline_ms INTEGER NOT NULL,
    min_quality REAL NOT NULL,
    optimize INTEGER NOT NULL,
    prompt_chars INTEGER NOT NULL,
    prompt_sha256 ANY NOT NULL,
    plan TEXT NOT NULL,
    notes TEXT,
    -- How it ended; status is NULL while it runs. presumed: its process died and somebody else ended it.
    status INTEGER,
    presumed INTEGER NOT NULL DEFAULT 0,
    error_code INTEGER,
    answer_seq INTEGER,
    verdict_status INTEGER,
    baseline_model INTEGER,
    baseline_nano_usd INTEGER,
    ended_at_ms INTEGER,
    latency_ms INTEGER,
    end_notes TEXT
  ) STRICT;

  -- Money held by attempts that are running now: a handful of rows. A settled one holds nothing any more and stays for as long
  -- as its request runs, so that a request whose process dies between two attempts is found too.
  CREATE TABLE reservations (
    attempt_id TEXT PRIMARY KEY,
    request INTEGER NOT NULL REFERENCES requests (id),
    seq INTEGER NOT NULL,
    task INTEGER NOT NULL,
    model INTEGER NOT NULL,
    provider INTEGER NOT NULL,
    day INTEGER NOT NULL,
    amount_nano_usd INTEGER NOT NULL,
    reserved_at_ms INTEGER NOT NULL,
    lease_until_ms INTEGER NOT NULL,
    settled INTEGER NOT NULL DEFAULT 0
  ) STRICT, WITHOUT ROWID;

  -- Settled attempts with verdict and settlement. seq counts the reservations of the request; day is that of the reservation.
  CREATE TABLE attempts (
    request INTEGER NOT NULL REFERENCES requests (id),
    seq INTEGER NOT NULL,
    attempt_id TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    model INTEGER NOT NULL,
    provider INTEGER NOT NULL,
    outcome INTEGER NOT NULL,
    dead INTEGER NOT NULL,
    day INTEGER NOT NULL,
    started_at_ms INTEGER NOT NULL,
    latency_ms INTEGER NOT NULL,
    first_token_ms INTEGER,
    reserved_nano_usd INTEGER NOT NULL,
    cost_nano_usd INTEGER NOT NULL,
    cost_exact INTEGER NOT NULL,
    input_tokens INTEGER,
    cache_read_tokens INTEGER,
    cache_write_tokens INTEGER,
    output_tokens INTEGER,
    reasoning_tokens INTEGER,
    answer_chars INTEGER,
    verdict_status INTEGER,
    score REAL,
    checked_share REAL,
    error_kind INTEGER,
    error_message TEXT,
    error_status INTEGER,
    retry_after_ms INTEGER,
    PRIMARY KEY (request, seq)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE checks (
    request INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    position INTEGER NOT NULL,
    name INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    passed INTEGER,
    score REAL,
    weight REAL NOT NULL,
    cap REAL,
    detail TEXT NOT NULL,
    PRIMARY KEY (request, seq, position),
    FOREIGN KEY (request, seq) REFERENCES attempts (request, seq)
  ) STRICT, WITHOUT ROWID;

  -- Only filled when the config asks for it. seq 0 is the prompt, else the answer of that attempt.
  CREATE TABLE texts (
    request INTEGER NOT NULL REFERENCES requests (id),
    seq INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (request, seq)
  ) STRICT;

  CREATE TABLE outcomes (
    request INTEGER PRIMARY KEY REFERENCES requests (id),
    success INTEGER NOT NULL,
    note TEXT,
    at_ms INTEGER NOT NULL
  ) STRICT;
`;

const ROLLUPS = `
  -- Sums a day, once over everything and once along each dimension, so that budgets and reports read a few rows of one range.
  CREATE TABLE spend_rollups (
    dimension INTEGER NOT NULL,
    name INTEGER NOT NULL,
    day INTEGER NOT NULL,
    requests INTEGER NOT NULL,
    accepted INTEGER NOT NULL,
    verified INTEGER NOT NULL,
    unchecked INTEGER NOT NULL,
    cost_nano_usd INTEGER NOT NULL,
    baseline_nano_usd INTEGER NOT NULL,
    PRIMARY KEY (dimension, name, day)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE attempt_rollups (
    model INTEGER NOT NULL,
    provider INTEGER NOT NULL,
    task INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    accepted INTEGER NOT NULL,
    rejected INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    verified INTEGER NOT NULL,
    cost_nano_usd INTEGER NOT NULL,
    input_tokens INTEGER NOT NULL,
    output_tokens INTEGER NOT NULL,
    reported_success INTEGER NOT NULL,
    reported_failure INTEGER NOT NULL,
    PRIMARY KEY (model, provider, task)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE failure_rollups (
    model INTEGER NOT NULL,
    provider INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    failures INTEGER NOT NULL,
    PRIMARY KEY (model, provider, kind)
  ) STRICT, WITHOUT ROWID;

  -- The newest few values of a model: ring 0 its health (1: the breaker counts a failure), ring 1 the latency of its answers.
  CREATE TABLE recent (
    ring INTEGER NOT NULL,
    model INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    value INTEGER NOT NULL,
    PRIMARY KEY (ring, model, seq)
  ) STRICT, WITHOUT ROWID;
`;
