import type { PostgresMigration } from "./migration.ts";

/** What batches draw and give back, and what becomes of those whose process died. */
export const EXPIRE: PostgresMigration = {
  title: "functions: batches and dead leases",
  sql: `
    -- Takes an amount out of the lines of a batch, as far as they reach; how much it was, by line.
    CREATE FUNCTION signalbox.draw(
      batch text, task text, provider text, principal text, amount bigint, OUT drawn jsonb, OUT d signalbox.spend_delta[]
    ) LANGUAGE plpgsql AS $$
    DECLARE h signalbox.holds; taken bigint;
    BEGIN
      drawn := '{}'; d := '{}';
      FOR h IN SELECT * FROM signalbox.holds o WHERE o.batch_id = batch AND (o.line = 0 OR (o.line = 2 AND o.name = provider)
        OR (o.line = 3 AND o.name = task) OR (o.line = 4 AND o.name = principal)) ORDER BY o.line, o.name FOR UPDATE LOOP
        taken := least(amount, h.amount_nano_usd);
        UPDATE signalbox.holds o SET amount_nano_usd = o.amount_nano_usd - taken
        WHERE o.batch_id = h.batch_id AND o.line = h.line AND o.name = h.name;
        drawn := drawn || jsonb_build_object(h.line::text, taken);
        d := d || signalbox.line_delta(h.line, h.name, h.day, -taken);
      END LOOP;
    END $$;

    -- Returns to its batch what an attempt has drawn beyond what it keeps. Nothing, where the batch has ended.
    CREATE FUNCTION signalbox.return_undrawn(v signalbox.reservations, kept bigint) RETURNS signalbox.spend_delta[]
    LANGUAGE plpgsql AS $$
    DECLARE d signalbox.spend_delta[] := '{}'; h signalbox.holds; drawn bigint;
    BEGIN
      IF v.batch_id IS NULL THEN RETURN d; END IF;
      FOR h IN SELECT * FROM signalbox.holds o WHERE o.batch_id = v.batch_id AND (o.line = 0 OR (o.line = 2 AND o.name = v.provider)
        OR (o.line = 3 AND o.name = v.task) OR (o.line = 4 AND o.name = v.principal)) ORDER BY o.line, o.name FOR UPDATE LOOP
        drawn := CASE h.line WHEN 0 THEN v.drawn_all WHEN 2 THEN v.drawn_provider WHEN 3 THEN v.drawn_task ELSE v.drawn_principal END;
        CONTINUE WHEN drawn <= kept;
        UPDATE signalbox.holds o SET amount_nano_usd = o.amount_nano_usd + drawn - kept
        WHERE o.batch_id = h.batch_id AND o.line = h.line AND o.name = h.name;
        d := d || signalbox.line_delta(h.line, h.name, h.day, drawn - kept);
      END LOOP;
      UPDATE signalbox.reservations o SET drawn_all = least(o.drawn_all, kept), drawn_task = least(o.drawn_task, kept),
        drawn_provider = least(o.drawn_provider, kept), drawn_principal = least(o.drawn_principal, kept)
      WHERE o.attempt_id = v.attempt_id;
      RETURN d;
    END $$;

    -- Settles reservations whose lease has run out at their full amount, since only their process knew what the vendor billed, and ends
    -- requests without a running attempt. Should the process wake up after all, its own figures replace these.
    CREATE FUNCTION signalbox.expire(now_ms double precision) RETURNS signalbox.spend_delta[] LANGUAGE plpgsql AS $$
    DECLARE d signalbox.spend_delta[] := '{}'; h signalbox.holds; c record; v signalbox.reservations; q signalbox.requests;
    BEGIN
      -- A batch whose process died: what it had not drawn was never spent.
      FOR h IN SELECT * FROM signalbox.holds o WHERE o.lease_until_ms < now_ms ORDER BY o.batch_id, o.line, o.name
        FOR UPDATE SKIP LOCKED LOOP
        DELETE FROM signalbox.holds o WHERE o.batch_id = h.batch_id AND o.line = h.line AND o.name = h.name;
        d := d || signalbox.line_delta(h.line, h.name, h.day, -h.amount_nano_usd);
      END LOOP;
      FOR c IN SELECT o.attempt_id, r.route_id FROM signalbox.reservations o JOIN signalbox.requests r ON r.id = o.request
        WHERE o.lease_until_ms < now_ms ORDER BY o.reserved_at_ms, o.seq LOOP
        -- Who works on the request right now is not dead; the next sweep looks again.
        CONTINUE WHEN NOT pg_try_advisory_xact_lock(hashtextextended(c.route_id, 7711));
        DELETE FROM signalbox.reservations o WHERE o.attempt_id = c.attempt_id AND o.lease_until_ms < now_ms RETURNING * INTO v;
        CONTINUE WHEN NOT FOUND;
        SELECT * INTO q FROM signalbox.requests r WHERE r.id = v.request;
        IF NOT v.settled THEN
          d := d || signalbox.spread(v.task, v.model, v.provider, v.principal, v.day, 0, 0, 0, 0, 0, 0, 0, -v.amount_nano_usd);
          d := d || signalbox.insert_attempt(q, v.seq, v.day, v.amount_nano_usd, true, jsonb_build_object(
            'attemptId', v.attempt_id, 'ordinal', v.seq, 'role', v.role, 'model', v.model, 'provider', v.provider,
            'outcome', 'failed', 'latencyMs', v.lease_until_ms - v.reserved_at_ms, 'costNanoUsd', v.amount_nano_usd,
            'inputTokens', 0, 'outputTokens', 0, 'errorKind', 'cancelled', 'samples', '[]'::jsonb,
            'record', jsonb_build_object(
              'failure', jsonb_build_object('kind', 'cancelled', 'message',
                'dead: the process that made this attempt did not report back; settled at the full reservation'),
              'verdict', null, 'exact', false, 'startedAtMs', v.reserved_at_ms, 'firstTokenMs', null,
              'usage', jsonb_build_object('inputTokens', null, 'cacheReadTokens', null, 'cacheWriteTokens', null,
                'outputTokens', null, 'reasoningTokens', null))));
        END IF;
        IF NOT EXISTS (SELECT FROM signalbox.reservations o WHERE o.request = v.request) THEN
          d := d || signalbox.end_request(q, jsonb_build_object('status', 'failed', 'endedAtMs', v.lease_until_ms, 'record',
            jsonb_build_object('errorCode', 'all_failed', 'baselineModel', null,
              'latencyMs', v.lease_until_ms - q.started_at_ms,
              'notes', jsonb_build_array('the process that made this request did not end it'))), true);
        END IF;
      END LOOP;
      RETURN d;
    END $$;
  `,
};
