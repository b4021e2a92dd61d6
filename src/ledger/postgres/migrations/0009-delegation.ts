import type { PostgresMigration } from "./migration.ts";

/**
 * What spares the caller its own tokens: the sums of what it did not have to write or read, counted when a request ends, by the model that
 * answered; and verified answers by the hash of all that was asked.
 */
export const DELEGATION: PostgresMigration = {
  title: "the caller's saving, kept answers",
  sql: `
    CREATE TABLE signalbox.caller_savings (
      principal text NOT NULL,
      task text NOT NULL,
      model text NOT NULL,
      provider text NOT NULL,
      day integer NOT NULL,
      shard smallint NOT NULL,
      unwritten_tokens bigint NOT NULL,
      unread_tokens bigint NOT NULL,
      PRIMARY KEY (principal, task, model, provider, day, shard)
    );

    CREATE TABLE signalbox.kept_answers (
      key text PRIMARY KEY,
      route_id text NOT NULL,
      expires_at_ms bigint NOT NULL
    );
    CREATE INDEX kept_answers_by_route ON signalbox.kept_answers (route_id);
    CREATE INDEX kept_answers_by_end ON signalbox.kept_answers (expires_at_ms);

    CREATE FUNCTION signalbox.count_caller_saving() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE answer signalbox.attempts; saved jsonb := NEW.ending->'callerSaved';
    BEGIN
      IF OLD.ending ? 'callerSaved' THEN RETURN NULL; END IF;
      SELECT * INTO answer FROM signalbox.attempts a WHERE a.request = NEW.id AND a.attempt_id = NEW.answer_attempt;
      INSERT INTO signalbox.caller_savings AS s VALUES (coalesce(NEW.principal, ''), NEW.task, coalesce(answer.model, '(none)'),
        coalesce(answer.provider, '(none)'), floor(NEW.started_at_ms / 86400000.0)::integer, signalbox.shard(),
        (saved->>'unwrittenTokens')::bigint, (saved->>'unreadTokens')::bigint)
      ON CONFLICT ON CONSTRAINT caller_savings_pkey DO UPDATE SET
        unwritten_tokens = s.unwritten_tokens + excluded.unwritten_tokens, unread_tokens = s.unread_tokens + excluded.unread_tokens;
      RETURN NULL;
    END $$;
    CREATE TRIGGER count_caller_saving AFTER UPDATE OF ending ON signalbox.requests
      FOR EACH ROW WHEN (NEW.ending ? 'callerSaved') EXECUTE FUNCTION signalbox.count_caller_saving();
  `,
};
