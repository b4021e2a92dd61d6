import type { PostgresMigration } from "./migration.ts";

/** One call each, so that nothing is locked while a message travels. Every one of them may be repeated: the second time changes nothing. */
export const RESERVE: PostgresMigration = {
  title: "functions: reserve, hold, renew, answered",
  sql: `
    CREATE FUNCTION signalbox.refusal(p jsonb, d signalbox.spend_delta[]) RETURNS jsonb LANGUAGE plpgsql AS $$
    DECLARE
      l jsonb; u record; now_ms bigint := (p->>'nowMs')::bigint; o signalbox.outages; k text; room jsonb := p->'room'; most integer;
      nth bigint;
    BEGIN
      FOR l IN SELECT * FROM jsonb_array_elements(p->'limits') LOOP
        SELECT * INTO u FROM signalbox.used(l, p->>'batchId', false, d);
        IF u.spent + u.held + (l->>'needed')::bigint > (l->>'limit')::numeric THEN
          RETURN jsonb_build_object('ok', false, 'why', 'over_budget', 'index', l->'index', 'spent', u.spent, 'held', u.held,
            'until', signalbox.held_until(l, now_ms, p->>'batchId', false));
        END IF;
      END LOOP;
      FOR k IN SELECT * FROM jsonb_array_elements_text(p->'outageKeys') LOOP
        SELECT * INTO o FROM signalbox.outages x WHERE x.key = k AND x.until_ms > now_ms AND x.since_ms <= now_ms;
        IF FOUND THEN RETURN jsonb_build_object('ok', false, 'why', 'out', 'outage', to_jsonb(o)); END IF;
      END LOOP;
      IF p->>'probe' IS NOT NULL AND EXISTS (SELECT FROM signalbox.reservations v WHERE v.probe = p->>'probe' AND NOT v.settled
        AND CASE p->>'probe' WHEN 'model' THEN v.model = p->>'model' ELSE v.provider = p->>'provider' END) THEN
        RETURN jsonb_build_object('ok', false, 'why', 'probed');
      END IF;
      IF room->>'concurrency' IS NOT NULL AND (room->>'concurrency')::bigint <= (SELECT count(*) FROM signalbox.reservations v
        WHERE v.provider = p->>'provider' AND NOT v.settled AND v.calling) THEN
        RETURN jsonb_build_object('ok', false, 'why', 'busy', 'limit', 'concurrency', 'freeAtMs', null);
      END IF;
      most := (room->>'requestsPerMinute')::integer;
      IF most IS NULL THEN RETURN NULL; END IF;
      SELECT s.at_ms INTO nth FROM signalbox.samples s WHERE s.kind = 4 AND s.owner = '' AND s.name = p->>'provider'
      ORDER BY s.id DESC OFFSET most - 1 LIMIT 1;
      -- A clock that was set back must not keep a provider busy until it has caught up.
      IF nth <= now_ms AND nth + 60000 > now_ms THEN
        RETURN jsonb_build_object('ok', false, 'why', 'busy', 'limit', 'requestsPerMinute', 'freeAtMs', nth + 60000);
      END IF;
      RETURN NULL;
    END $$;

    CREATE FUNCTION signalbox.reserve(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
    DECLARE
      d signalbox.spend_delta[]; refused jsonb; q signalbox.requests; r jsonb := p->'request'; batch text := p->>'batchId';
      amount bigint := (p->>'amountNanoUsd')::bigint; number integer; of_day integer := (p->>'day')::integer; dr record;
    BEGIN
      PERFORM signalbox.lock_route(r->>'routeId');
      SELECT * INTO q FROM signalbox.requests x WHERE x.route_id = r->>'routeId';
      -- The answer to the first try was lost on its way.
      IF q.id IS NOT NULL AND (EXISTS (SELECT FROM signalbox.reservations v WHERE v.attempt_id = p->>'attemptId')
        OR EXISTS (SELECT FROM signalbox.attempts a WHERE a.request = q.id AND a.attempt_id = p->>'attemptId')) THEN
        UPDATE signalbox.reservations v SET call_id = p->>'callId' WHERE v.attempt_id = p->>'attemptId';
        RETURN jsonb_build_object('ok', true);
      END IF;
      PERFORM signalbox.lock_guards(p->'guards');
      d := signalbox.expire((p->>'nowMs')::bigint);
      refused := signalbox.refusal(p, d);
      IF refused IS NOT NULL THEN
        PERFORM signalbox.add_sums(d);
        RETURN refused;
      END IF;
      IF p->'room'->>'requestsPerMinute' IS NOT NULL THEN
        INSERT INTO signalbox.samples (kind, owner, name, at_ms, value) VALUES (4, '', p->>'provider', (p->>'nowMs')::bigint, 0);
        PERFORM signalbox.trim_samples(4::smallint, '', p->>'provider', (p->'room'->>'requestsPerMinute')::integer);
      END IF;
      IF q.id IS NULL THEN
        q := signalbox.insert_request(r);
        number := 1;
      ELSE
        SELECT 1 + greatest(coalesce((SELECT max(a.seq) FROM signalbox.attempts a WHERE a.request = q.id), 0),
          coalesce((SELECT max(v.seq) FROM signalbox.reservations v WHERE v.request = q.id), 0)) INTO number;
      END IF;
      INSERT INTO signalbox.reservations (attempt_id, request, seq, role, task, model, provider, principal, day, amount_nano_usd,
        reserved_at_ms, lease_until_ms, ends_by_ms, call_id, probe, batch_id)
      VALUES (p->>'attemptId', q.id, number, p->>'role', q.task, p->>'model', p->>'provider', r->>'principal', of_day, amount,
        (p->>'nowMs')::bigint, (p->>'leaseUntilMs')::bigint, (p->>'endsByMs')::bigint, p->>'callId', p->>'probe', batch);
      d := d || signalbox.spread(q.task, p->>'model', p->>'provider', r->>'principal', of_day, 0, 0, 0, 0, 0, 0, 0, amount);
      IF batch IS NOT NULL THEN
        SELECT * INTO dr FROM signalbox.draw(batch, q.task, p->>'provider', r->>'principal', amount);
        UPDATE signalbox.reservations v SET drawn_all = coalesce((dr.drawn->>'0')::bigint, 0),
          drawn_provider = coalesce((dr.drawn->>'2')::bigint, 0), drawn_task = coalesce((dr.drawn->>'3')::bigint, 0),
          drawn_principal = coalesce((dr.drawn->>'4')::bigint, 0)
        WHERE v.attempt_id = p->>'attemptId';
        d := d || dr.d;
      END IF;
      PERFORM signalbox.add_sums(d);
      RETURN jsonb_build_object('ok', true);
    END $$;

    -- The model was never called: the process was not told that it may. Books nothing, and nothing happens once it has asked again.
    CREATE FUNCTION signalbox.unreserve(p jsonb) RETURNS void LANGUAGE plpgsql AS $$
    DECLARE d signalbox.spend_delta[]; v signalbox.reservations;
    BEGIN
      PERFORM signalbox.lock_route(p->>'routeId');
      SELECT * INTO v FROM signalbox.reservations o WHERE o.attempt_id = p->>'attemptId' AND o.call_id = p->>'callId'
        AND NOT o.settled FOR UPDATE;
      IF NOT FOUND THEN RETURN; END IF;
      d := signalbox.return_undrawn(v, 0);
      DELETE FROM signalbox.reservations o WHERE o.attempt_id = v.attempt_id;
      PERFORM signalbox.add_sums(
        d || signalbox.spread(v.task, v.model, v.provider, v.principal, v.day, 0, 0, 0, 0, 0, 0, 0, -v.amount_nano_usd));
    END $$;

    CREATE FUNCTION signalbox.answered(p jsonb) RETURNS void LANGUAGE plpgsql AS $$
    DECLARE d signalbox.spend_delta[]; v signalbox.reservations; cost bigint := (p->>'costNanoUsd')::bigint;
    BEGIN
      SELECT * INTO v FROM signalbox.reservations o WHERE o.attempt_id = p->>'attemptId' AND NOT o.settled FOR UPDATE;
      IF NOT FOUND THEN RETURN; END IF;
      d := signalbox.return_undrawn(v, cost);
      UPDATE signalbox.reservations o SET amount_nano_usd = least(o.amount_nano_usd, cost), calling = false
      WHERE o.attempt_id = v.attempt_id;
      PERFORM signalbox.add_sums(d || signalbox.spread(v.task, v.model, v.provider, v.principal, v.day, 0, 0, 0, 0, 0, 0, 0,
        least(0, cost - v.amount_nano_usd)));
    END $$;

    CREATE FUNCTION signalbox.renew(p jsonb) RETURNS void LANGUAGE plpgsql AS $$
    DECLARE ids text[] := ARRAY(SELECT jsonb_array_elements_text(p->'ids')); until_ms bigint := (p->>'leaseUntilMs')::bigint;
    BEGIN
      PERFORM 1 FROM signalbox.reservations v WHERE v.attempt_id = ANY (ids) ORDER BY v.attempt_id FOR UPDATE;
      UPDATE signalbox.reservations v SET lease_until_ms = until_ms WHERE v.attempt_id = ANY (ids) AND NOT v.settled;
      PERFORM 1 FROM signalbox.holds h WHERE h.batch_id = ANY (ids) ORDER BY h.batch_id, h.line, h.name FOR UPDATE;
      UPDATE signalbox.holds h SET lease_until_ms = until_ms WHERE h.batch_id = ANY (ids);
    END $$;

    CREATE FUNCTION signalbox.hold(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
    DECLARE d signalbox.spend_delta[]; refused jsonb; l jsonb;
    BEGIN
      PERFORM signalbox.lock_route(p->>'holdId');
      IF EXISTS (SELECT FROM signalbox.holds h WHERE h.batch_id = p->>'holdId') THEN RETURN jsonb_build_object('ok', true); END IF;
      PERFORM signalbox.lock_guards(p->'guards');
      d := signalbox.expire((p->>'nowMs')::double precision);
      refused := signalbox.refusal(p, d);
      IF refused IS NULL THEN
        FOR l IN SELECT * FROM jsonb_array_elements(p->'lines') LOOP
          INSERT INTO signalbox.holds VALUES (p->>'holdId', (l->>'line')::smallint, l->>'name', (p->>'day')::integer,
            (l->>'amount')::bigint, (p->>'leaseUntilMs')::bigint, (p->>'endsByMs')::bigint);
          d := d || signalbox.line_delta((l->>'line')::smallint, l->>'name', (p->>'day')::integer, (l->>'amount')::bigint);
        END LOOP;
      END IF;
      PERFORM signalbox.add_sums(d);
      RETURN coalesce(refused, jsonb_build_object('ok', true));
    END $$;

    CREATE FUNCTION signalbox.release(p jsonb) RETURNS void LANGUAGE plpgsql AS $$
    DECLARE d signalbox.spend_delta[] := '{}'; h signalbox.holds;
    BEGIN
      FOR h IN SELECT * FROM signalbox.holds o WHERE o.batch_id = p->>'batchId' ORDER BY o.line, o.name FOR UPDATE LOOP
        d := d || signalbox.line_delta(h.line, h.name, h.day, -h.amount_nano_usd);
      END LOOP;
      DELETE FROM signalbox.holds o WHERE o.batch_id = p->>'batchId';
      PERFORM signalbox.add_sums(d);
    END $$;
  `,
};
