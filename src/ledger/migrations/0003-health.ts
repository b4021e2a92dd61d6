import type { Migration } from "./migration.ts";

/**
 * What processes learn from each other: who is out of service and until when, how long answers take, how often a provider was
 * called lately. And of reservations: whether the call is still running, whether it is a probe, and when it is over at the latest.
 */
export const HEALTH: Migration = {
  title: "outages, paces, provider limits, probes",
  up: (db) =>
    db.exec(`
      ALTER TABLE reservations ADD COLUMN calling INTEGER NOT NULL DEFAULT 1;
      -- What it probes: 1 its model, 2 its provider.
      ALTER TABLE reservations ADD COLUMN probe INTEGER;
      ALTER TABLE reservations ADD COLUMN ends_by_ms INTEGER;

      CREATE TABLE outages (
        key TEXT PRIMARY KEY,
        scope INTEGER NOT NULL,
        kind INTEGER NOT NULL,
        message TEXT NOT NULL,
        since_ms INTEGER NOT NULL,
        until_ms INTEGER NOT NULL,
        times INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;

      -- The newest latencies of a model's answers to a task, and their quantiles, renewed with each of them.
      CREATE TABLE pace_samples (
        task INTEGER NOT NULL,
        model INTEGER NOT NULL,
        seq INTEGER NOT NULL,
        latency_ms INTEGER NOT NULL,
        PRIMARY KEY (task, model, seq)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE paces (
        task INTEGER NOT NULL,
        model INTEGER NOT NULL,
        samples INTEGER NOT NULL,
        p50_ms INTEGER NOT NULL,
        p95_ms INTEGER NOT NULL,
        PRIMARY KEY (task, model)
      ) STRICT, WITHOUT ROWID;

      -- When the newest calls of a provider with a limit a minute began.
      CREATE TABLE starts (
        provider INTEGER NOT NULL,
        seq INTEGER NOT NULL,
        at_ms INTEGER NOT NULL,
        PRIMARY KEY (provider, seq)
      ) STRICT, WITHOUT ROWID;
    `),
};
