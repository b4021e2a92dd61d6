import type { PostgresMigration } from "./migration.ts";

/**
 * What requests have taught, by principal ('' is the owner). An attempt adds one event, so that settlements never wait for each other;
 * who reads adds up the statistics and the events after them, and folds the events in once they are many.
 */
export const LESSONS: PostgresMigration = {
  title: "what requests have taught",
  sql: `
    CREATE TABLE signalbox.model_statistics (
      principal text COLLATE "C" NOT NULL,
      task text COLLATE "C" NOT NULL,
      model text COLLATE "C" NOT NULL,
      -- '' is none.
      basis text COLLATE "C" NOT NULL,
      version integer NOT NULL,
      figures text NOT NULL,
      PRIMARY KEY (principal, task, model, basis)
    );
    CREATE TABLE signalbox.lesson_events (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      principal text COLLATE "C" NOT NULL,
      task text COLLATE "C" NOT NULL,
      model text COLLATE "C" NOT NULL,
      basis text COLLATE "C" NOT NULL,
      event jsonb NOT NULL
    );
    CREATE INDEX lesson_events_of_principal ON signalbox.lesson_events (principal, id);
    CREATE TABLE signalbox.task_revisions (
      principal text COLLATE "C" NOT NULL,
      task text COLLATE "C" NOT NULL,
      shard smallint NOT NULL,
      revision bigint NOT NULL,
      PRIMARY KEY (principal, task, shard)
    ) WITH (fillfactor = 30);
    CREATE TABLE signalbox.guarantees (
      principal text COLLATE "C" NOT NULL,
      task text COLLATE "C" NOT NULL,
      guarantee text NOT NULL,
      PRIMARY KEY (principal, task)
    );
    -- The latest requests by the model that was asked first. route_id stays when the request is pruned.
    CREATE TABLE signalbox.seen_requests (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      principal text COLLATE "C" NOT NULL,
      task text COLLATE "C" NOT NULL,
      first_model text COLLATE "C" NOT NULL,
      route_id text COLLATE "C" NOT NULL,
      answers jsonb NOT NULL,
      propensity double precision NOT NULL,
      outcome boolean
    );
    CREATE INDEX seen_requests_of_task ON signalbox.seen_requests (principal, task, first_model, id);
    CREATE INDEX seen_requests_of_route ON signalbox.seen_requests (route_id);
    -- What callers said of answers that bought evidence had spoken for. models: a list of ids, in order.
    CREATE TABLE signalbox.evidence_records (
      principal text COLLATE "C" NOT NULL,
      task text COLLATE "C" NOT NULL,
      basis text COLLATE "C" NOT NULL,
      models jsonb NOT NULL,
      times bigint NOT NULL,
      right_times bigint NOT NULL,
      recent_times double precision NOT NULL,
      recent_right double precision NOT NULL,
      PRIMARY KEY (principal, task, basis, models)
    );
    -- What trying out other plans has cost a day.
    CREATE TABLE signalbox.explorations (
      day integer NOT NULL,
      shard smallint NOT NULL,
      extra_nano_usd bigint NOT NULL,
      PRIMARY KEY (day, shard)
    );
  `,
};
