import type { PostgresMigration } from "./migration.ts";

/** One call each. A settlement that is repeated changes nothing, but for a record that the sweep made in the meantime. */
export const SETTLE: PostgresMigration = {
  title: "functions: settle, finish",
  sql: `
    CREATE FUNCTION signalbox.store_news(n jsonb) RETURNS void LANGUAGE plpgsql AS $$
    DECLARE o jsonb := n->'takesOut';
    BEGIN
      DELETE FROM signalbox.outages x WHERE x.key = ANY (ARRAY(SELECT jsonb_array_elements_text(n->'clears')))
        AND x.since_ms <= (n->>'startedAtMs')::bigint;
      IF o IS NULL OR jsonb_typeof(o) = 'null' THEN RETURN; END IF;
      INSERT INTO signalbox.outages AS x VALUES (o->>'key', o->>'scope', o->>'kind', o->>'message', (o->>'sinceMs')::bigint,
        (o->>'untilMs')::bigint, (o->>'times')::integer)
      ON CONFLICT (key) DO UPDATE SET kind = excluded.kind, message = excluded.message, since_ms = excluded.since_ms,
        until_ms = excluded.until_ms, times = excluded.times
      WHERE excluded.until_ms > x.until_ms;
    END $$;

    CREATE FUNCTION signalbox.settle(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
    DECLARE
      d signalbox.spend_delta[] := '{}'; a jsonb := p->'attempt'; lesson jsonb := p->'lesson'; e jsonb := p->'end';
      goes_on boolean := jsonb_typeof(p->'end') = 'null'; q signalbox.requests; v signalbox.reservations; old signalbox.attempts;
      seq integer; of_day integer; reserved bigint; is_new boolean := true;
    BEGIN
      PERFORM signalbox.lock_route(p->>'routeId');
      SELECT * INTO q FROM signalbox.requests r WHERE r.route_id = p->>'routeId';
      IF q.id IS NULL THEN
        -- Its process slept so long that its request was ended, settled in full and pruned: that is the last word then.
        RETURN jsonb_build_object('known', EXISTS (SELECT FROM signalbox.prunes));
      END IF;
      SELECT * INTO v FROM signalbox.reservations o WHERE o.attempt_id = a->>'attemptId' AND NOT o.settled FOR UPDATE;
      IF FOUND THEN
        d := signalbox.return_undrawn(v, (a->>'costNanoUsd')::bigint)
          || signalbox.spread(v.task, v.model, v.provider, v.principal, v.day, 0, 0, 0, 0, 0, 0, 0, -v.amount_nano_usd);
        IF goes_on THEN UPDATE signalbox.reservations o SET settled = true, amount_nano_usd = 0 WHERE o.attempt_id = v.attempt_id;
        ELSE DELETE FROM signalbox.reservations o WHERE o.attempt_id = v.attempt_id;
        END IF;
        seq := v.seq; of_day := v.day; reserved := v.amount_nano_usd;
      ELSE
        SELECT * INTO old FROM signalbox.attempts o WHERE o.request = q.id AND o.attempt_id = a->>'attemptId';
        IF NOT FOUND THEN
          -- It has no reservation; the money is spent all the same.
          SELECT 1 + greatest(coalesce((SELECT max(o.seq) FROM signalbox.attempts o WHERE o.request = q.id), 0),
            coalesce((SELECT max(o.seq) FROM signalbox.reservations o WHERE o.request = q.id), 0)) INTO seq;
          of_day := (a->>'startDay')::integer; reserved := 0;
        ELSIF old.dead THEN
          DELETE FROM signalbox.attempts o WHERE o.request = q.id AND o.seq = old.seq;
          PERFORM signalbox.count_attempt(old.model, old.provider, q.task, -1, 'failed', false, old.cost_nano_usd, 0, 0, 'dead');
          d := signalbox.spread(q.task, old.model, old.provider, q.principal, old.day, 0, 0, 0, 0, -old.cost_nano_usd, 0, 0, 0);
          seq := old.seq; of_day := old.day; reserved := old.reserved_nano_usd;
        ELSE
          is_new := false;
        END IF;
      END IF;
      IF is_new THEN
        d := d || signalbox.insert_attempt(q, seq, of_day, reserved, false, a);
        IF jsonb_typeof(p->'news') = 'object' THEN PERFORM signalbox.store_news(p->'news'); END IF;
        IF jsonb_typeof(lesson) = 'object' THEN
          INSERT INTO signalbox.lesson_events (principal, task, model, basis, event)
          VALUES (coalesce(q.principal, ''), q.task, a->>'model', lesson->>'basis', lesson->'event');
          PERFORM signalbox.count_lesson(coalesce(q.principal, ''), q.task, 1);
        END IF;
      END IF;
      IF NOT goes_on THEN d := d || signalbox.end_request(q, e, false); END IF;
      PERFORM signalbox.add_sums(d);
      RETURN jsonb_build_object('known', true);
    END $$;

    -- Sweeps too: when the money is all spent or held, no call reserves any more, and what dead processes hold would stay theirs.
    CREATE FUNCTION signalbox.finish(p jsonb) RETURNS void LANGUAGE plpgsql AS $$
    DECLARE d signalbox.spend_delta[]; q signalbox.requests;
    BEGIN
      PERFORM signalbox.lock_route(p->'request'->>'routeId');
      d := signalbox.expire((p->'end'->>'endedAtMs')::bigint);
      SELECT * INTO q FROM signalbox.requests r WHERE r.route_id = p->'request'->>'routeId';
      IF q.id IS NULL THEN q := signalbox.insert_request(p->'request'); END IF;
      PERFORM signalbox.add_sums(d || signalbox.end_request(q, p->'end', false));
    END $$;

    -- What the caller says of an answer later; the last word counts.
    CREATE FUNCTION signalbox.store_outcome(id_of_request bigint, is_success boolean, note text, at_ms bigint) RETURNS void
    LANGUAGE plpgsql AS $$
    DECLARE d signalbox.spend_delta[];
    BEGIN
      d := signalbox.count_request(id_of_request, -1);
      UPDATE signalbox.requests r SET success = is_success, outcome_note = note, outcome_at_ms = at_ms WHERE r.id = id_of_request;
      PERFORM signalbox.add_sums(d || signalbox.count_request(id_of_request, 1));
    END $$;

    -- What a plan depends on, of one moment.
    CREATE FUNCTION signalbox.recent(p jsonb) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
    DECLARE now_ms bigint := (p->>'nowMs')::bigint; l jsonb; u record; states jsonb := '[]';
    BEGIN
      FOR l IN SELECT * FROM jsonb_array_elements(p->'limits') LOOP
        SELECT * INTO u FROM signalbox.used(l, p->>'batchId', true, '{}');
        states := states || jsonb_build_object('spent', u.spent, 'held', u.held,
          'until', CASE WHEN u.held > 0 THEN signalbox.held_until(l, now_ms, p->>'batchId', true) END);
      END LOOP;
      RETURN jsonb_build_object('budgets', states,
        'samples', (SELECT coalesce(jsonb_agg(jsonb_build_array(x.name, x.at_ms, x.value) ORDER BY x.name, x.kind DESC, x.id DESC), '[]')
          FROM (SELECT s.*, row_number() OVER (PARTITION BY s.kind, s.name ORDER BY s.id DESC) AS place FROM signalbox.samples s
            WHERE (s.kind = 0 AND s.owner = '') OR (s.kind = 3 AND s.owner = p->>'principal')) AS x
          WHERE x.place <= 20 AND x.at_ms BETWEEN (p->>'fromMs')::bigint AND (p->>'untilMs')::bigint),
        'outages', (SELECT coalesce(jsonb_agg(to_jsonb(o)), '[]') FROM signalbox.outages o
          WHERE o.until_ms >= (p->>'outagesFromMs')::bigint),
        'latencies', (SELECT coalesce(jsonb_agg(jsonb_build_array(y.name, y.samples, y.p50, y.p95)), '[]') FROM (
          SELECT x.name, count(*) AS samples, percentile_disc(0.5) WITHIN GROUP (ORDER BY x.value) AS p50,
            percentile_disc(0.95) WITHIN GROUP (ORDER BY x.value) AS p95
          FROM (SELECT s.name, s.value, row_number() OVER (PARTITION BY s.name ORDER BY s.id DESC) AS place
            FROM signalbox.samples s WHERE s.kind = 2 AND s.owner = p->>'task') AS x
          WHERE x.place <= (p->>'latencySamples')::integer GROUP BY x.name) AS y));
    END $$;
  `,
};
