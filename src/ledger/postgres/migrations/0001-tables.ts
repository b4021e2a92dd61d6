import type { PostgresMigration } from "./migration.ts";

/**
 * Words stand as they are. Money is in integer nano-USD, `day` counts UTC days since the epoch, `*_at_ms` are epoch milliseconds.
 * Sums that many transactions change at once have several rows (`shard`), of which each database process changes its own: a row stays
 * locked until its transaction is on the disk. What limits read is the sum of them.
 */
export const TABLES: PostgresMigration = {
  title: "requests, attempts, reservations, sums",
  sql: `
    CREATE TABLE signalbox.requests (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      route_id text COLLATE "C" NOT NULL UNIQUE,
      -- NULL: the owner.
      principal text COLLATE "C",
      task text COLLATE "C" NOT NULL,
      started_at_ms bigint NOT NULL,
      min_quality double precision NOT NULL,
      caller_tokens bigint NOT NULL,
      propensity double precision,
      -- The rest of its record, for the receipt.
      record jsonb NOT NULL,
      prompt_text text,
      -- How it ended; status is NULL while it runs. presumed: its process died and somebody else ended it.
      status text COLLATE "C",
      presumed boolean NOT NULL DEFAULT false,
      answer_attempt text COLLATE "C",
      verdict_status text COLLATE "C",
      baseline_nano_usd bigint,
      ended_at_ms bigint,
      ending jsonb,
      -- What its caller said later.
      success boolean,
      outcome_note text,
      outcome_at_ms bigint
    ) WITH (fillfactor = 80);
    CREATE INDEX requests_of_principal ON signalbox.requests (principal, route_id) WHERE principal IS NOT NULL;
    CREATE INDEX requests_of_task ON signalbox.requests (task, id);
    CREATE INDEX requests_ended ON signalbox.requests (ended_at_ms);

    -- Settled attempts. seq counts the reservations of the request; day is that of the reservation.
    CREATE TABLE signalbox.attempts (
      request bigint NOT NULL REFERENCES signalbox.requests (id) ON DELETE CASCADE,
      seq integer NOT NULL,
      attempt_id text COLLATE "C" NOT NULL,
      ordinal integer NOT NULL,
      role text COLLATE "C" NOT NULL,
      model text COLLATE "C" NOT NULL,
      provider text COLLATE "C" NOT NULL,
      outcome text COLLATE "C" NOT NULL,
      dead boolean NOT NULL,
      day integer NOT NULL,
      latency_ms bigint NOT NULL,
      reserved_nano_usd bigint NOT NULL,
      cost_nano_usd bigint NOT NULL,
      -- All tokens of the prompt, the cached ones too; all that is billed as output.
      input_tokens bigint NOT NULL,
      output_tokens bigint NOT NULL,
      verdict_status text COLLATE "C",
      score double precision,
      basis text COLLATE "C",
      error_kind text COLLATE "C",
      record jsonb NOT NULL,
      answer_text text,
      PRIMARY KEY (request, seq)
    );

    -- Money held by attempts that are running now. A settled one holds nothing any more and stays for as long as its request runs,
    -- so that a request whose process dies between two attempts is found too.
    CREATE TABLE signalbox.reservations (
      attempt_id text COLLATE "C" PRIMARY KEY,
      request bigint NOT NULL REFERENCES signalbox.requests (id) ON DELETE CASCADE,
      seq integer NOT NULL,
      role text COLLATE "C" NOT NULL,
      task text COLLATE "C" NOT NULL,
      model text COLLATE "C" NOT NULL,
      provider text COLLATE "C" NOT NULL,
      principal text COLLATE "C",
      day integer NOT NULL,
      amount_nano_usd bigint NOT NULL,
      reserved_at_ms bigint NOT NULL,
      lease_until_ms bigint NOT NULL,
      ends_by_ms bigint NOT NULL,
      -- Which call of the process made it, or asked for it last.
      call_id text NOT NULL,
      settled boolean NOT NULL DEFAULT false,
      -- Whether the call is still running.
      calling boolean NOT NULL DEFAULT true,
      -- What it probes: model or provider.
      probe text COLLATE "C",
      batch_id text COLLATE "C",
      drawn_all bigint NOT NULL DEFAULT 0,
      drawn_provider bigint NOT NULL DEFAULT 0,
      drawn_task bigint NOT NULL DEFAULT 0,
      drawn_principal bigint NOT NULL DEFAULT 0
    ) WITH (fillfactor = 60, autovacuum_vacuum_scale_factor = 0.0, autovacuum_vacuum_threshold = 5000);
    CREATE INDEX reservations_of_request ON signalbox.reservations (request);
    CREATE INDEX reservations_by_lease ON signalbox.reservations (lease_until_ms);
    CREATE INDEX reservations_by_end ON signalbox.reservations (ends_by_ms);
    CREATE INDEX reservations_of_provider ON signalbox.reservations (provider);
    CREATE INDEX reservations_of_batch ON signalbox.reservations (batch_id) WHERE batch_id IS NOT NULL;

    -- Money held for a batch: what it may still draw in all (line 0), at a provider (2), for a task (3), of a principal (4).
    CREATE TABLE signalbox.holds (
      batch_id text COLLATE "C" NOT NULL,
      line smallint NOT NULL,
      name text COLLATE "C" NOT NULL,
      day integer NOT NULL,
      amount_nano_usd bigint NOT NULL,
      lease_until_ms bigint NOT NULL,
      ends_by_ms bigint NOT NULL,
      PRIMARY KEY (batch_id, line, name)
    );

    -- Sums a day: of everybody (principal '') and of each principal but the owner; in all (dimension 0), by model (1), provider (2)
    -- and task (3). What is held now stands beside what was spent.
    CREATE TABLE signalbox.spend_sums (
      principal text COLLATE "C" NOT NULL,
      dimension smallint NOT NULL,
      name text COLLATE "C" NOT NULL,
      day integer NOT NULL,
      shard smallint NOT NULL,
      requests bigint NOT NULL,
      accepted bigint NOT NULL,
      verified bigint NOT NULL,
      unchecked bigint NOT NULL,
      cost_nano_usd bigint NOT NULL,
      baseline_nano_usd bigint NOT NULL,
      caller_tokens bigint NOT NULL,
      held_nano_usd bigint NOT NULL,
      PRIMARY KEY (principal, dimension, name, day, shard)
    ) WITH (fillfactor = 30);

    CREATE TABLE signalbox.attempt_sums (
      model text COLLATE "C" NOT NULL,
      provider text COLLATE "C" NOT NULL,
      task text COLLATE "C" NOT NULL,
      shard smallint NOT NULL,
      attempts bigint NOT NULL,
      accepted bigint NOT NULL,
      rejected bigint NOT NULL,
      failed bigint NOT NULL,
      verified bigint NOT NULL,
      cost_nano_usd bigint NOT NULL,
      input_tokens bigint NOT NULL,
      output_tokens bigint NOT NULL,
      reported_success bigint NOT NULL,
      reported_failure bigint NOT NULL,
      PRIMARY KEY (model, provider, task, shard)
    ) WITH (fillfactor = 30);

    CREATE TABLE signalbox.failure_sums (
      model text COLLATE "C" NOT NULL,
      provider text COLLATE "C" NOT NULL,
      kind text COLLATE "C" NOT NULL,
      shard smallint NOT NULL,
      failures bigint NOT NULL,
      PRIMARY KEY (model, provider, kind, shard)
    ) WITH (fillfactor = 30);

    -- Locked, in the order of their keys, by who decides about a limit: one row for each thing that is limited.
    CREATE TABLE signalbox.guards (key text COLLATE "C" PRIMARY KEY);

    -- The newest few values: kind 0 a model's health (1: the breaker counts a failure), 1 the latency of its answers, 2 the same of a
    -- task (owner), 3 what a principal (owner; '' is the owner of the ledger) met that its own prompts can cause, 4 starts of calls of a provider.
    CREATE TABLE signalbox.samples (
      kind smallint NOT NULL,
      owner text COLLATE "C" NOT NULL,
      name text COLLATE "C" NOT NULL,
      id bigint GENERATED ALWAYS AS IDENTITY,
      at_ms bigint NOT NULL,
      value bigint NOT NULL,
      PRIMARY KEY (kind, owner, name, id)
    ) WITH (autovacuum_vacuum_scale_factor = 0.0, autovacuum_vacuum_threshold = 5000);

    CREATE TABLE signalbox.outages (
      key text COLLATE "C" PRIMARY KEY,
      scope text NOT NULL,
      kind text NOT NULL,
      message text NOT NULL,
      since_ms bigint NOT NULL,
      until_ms bigint NOT NULL,
      times integer NOT NULL
    );

    CREATE TABLE signalbox.shadow_runs (
      id uuid PRIMARY KEY,
      principal text COLLATE "C",
      task text COLLATE "C" NOT NULL,
      day integer NOT NULL,
      ours_nano_usd bigint NOT NULL,
      baseline_nano_usd bigint NOT NULL,
      shadow_nano_usd bigint NOT NULL
    );
    CREATE INDEX shadow_runs_by_day ON signalbox.shadow_runs (day);

    -- What was pruned, by the day before which a request had to have ended.
    CREATE TABLE signalbox.prunes (
      before_day integer PRIMARY KEY,
      requests bigint NOT NULL,
      attempts bigint NOT NULL,
      at_ms bigint NOT NULL
    );
  `,
};
