import type { PostgresMigration } from "./migration.ts";

/** What is recorded of an attempt, and how a request begins and ends. Each gives what it adds to the sums. */
export const ATTEMPTS: PostgresMigration = {
  title: "functions: attempts and requests",
  sql: `
    CREATE FUNCTION signalbox.count_attempt(
      model text, provider text, task text, sign integer, outcome text, verified boolean, cost bigint, input bigint, output bigint,
      failure text
    ) RETURNS void LANGUAGE plpgsql AS $$
    DECLARE own smallint := signalbox.shard();
    BEGIN
      INSERT INTO signalbox.attempt_sums AS s
      VALUES (model, provider, task, own, sign, sign * (outcome = 'accepted')::integer, sign * (outcome = 'rejected')::integer,
        sign * (outcome = 'failed')::integer, sign * verified::integer, sign * cost, sign * input, sign * output, 0, 0)
      ON CONFLICT ON CONSTRAINT attempt_sums_pkey DO UPDATE SET
        attempts = s.attempts + excluded.attempts, accepted = s.accepted + excluded.accepted,
        rejected = s.rejected + excluded.rejected, failed = s.failed + excluded.failed,
        verified = s.verified + excluded.verified, cost_nano_usd = s.cost_nano_usd + excluded.cost_nano_usd,
        input_tokens = s.input_tokens + excluded.input_tokens, output_tokens = s.output_tokens + excluded.output_tokens;
      IF failure IS NULL THEN RETURN; END IF;
      INSERT INTO signalbox.failure_sums AS s VALUES (model, provider, failure, own, sign)
      ON CONFLICT ON CONSTRAINT failure_sums_pkey DO UPDATE SET failures = s.failures + excluded.failures;
    END $$;

    -- Drops all but the newest. Called now and then: who reads takes the newest alone. Nobody waits for another who does the same.
    CREATE FUNCTION signalbox.trim_samples(kind smallint, owner text, name text, size integer) RETURNS void LANGUAGE plpgsql AS $$
    DECLARE oldest bigint; old bigint[];
    BEGIN
      SELECT n.id INTO oldest FROM signalbox.samples n WHERE n.kind = $1 AND n.owner = $2 AND n.name = $3
      ORDER BY n.id DESC OFFSET $4 - 1 LIMIT 1;
      IF oldest IS NULL THEN RETURN; END IF;
      old := ARRAY(SELECT o.id FROM signalbox.samples o WHERE o.kind = $1 AND o.owner = $2 AND o.name = $3 AND o.id < oldest
        ORDER BY o.id LIMIT 1000 FOR UPDATE SKIP LOCKED);
      DELETE FROM signalbox.samples s WHERE s.kind = $1 AND s.owner = $2 AND s.name = $3 AND s.id = ANY (old);
    END $$;

    -- Stores a settled attempt and counts it.
    CREATE FUNCTION signalbox.insert_attempt(q signalbox.requests, seq integer, day integer, reserved bigint, dead boolean, a jsonb)
    RETURNS signalbox.spend_delta[] LANGUAGE plpgsql AS $$
    DECLARE
      cost bigint := (a->>'costNanoUsd')::bigint; s jsonb; forget_ms bigint := (a->>'forgetOwnBeforeMs')::bigint; old bigint[];
    BEGIN
      INSERT INTO signalbox.attempts VALUES (q.id, seq, a->>'attemptId', (a->>'ordinal')::integer, a->>'role', a->>'model',
        a->>'provider', a->>'outcome', dead, day, (a->>'latencyMs')::bigint, reserved, cost, (a->>'inputTokens')::bigint,
        (a->>'outputTokens')::bigint, a->>'verdictStatus', (a->>'score')::double precision, a->>'basis', a->>'errorKind',
        a->'record', a->>'text');
      PERFORM signalbox.count_attempt(a->>'model', a->>'provider', q.task, 1, a->>'outcome',
        coalesce(a->>'verdictStatus' = 'verified', false), cost, (a->>'inputTokens')::bigint, (a->>'outputTokens')::bigint,
        CASE WHEN dead THEN 'dead' ELSE a->>'errorKind' END);
      INSERT INTO signalbox.samples (kind, owner, name, at_ms, value)
      SELECT x.kind, CASE x.kind WHEN 2 THEN q.task WHEN 3 THEN coalesce(q.principal, '') ELSE '' END, a->>'model', x."atMs", x.value
      FROM jsonb_to_recordset(a->'samples') AS x (kind smallint, "atMs" bigint, value bigint);
      IF random() < 0.02 THEN
        FOR s IN SELECT * FROM jsonb_array_elements(a->'samples') LOOP
          PERFORM signalbox.trim_samples((s->>'kind')::smallint,
            CASE s->>'kind' WHEN '2' THEN q.task WHEN '3' THEN coalesce(q.principal, '') ELSE '' END,
            a->>'model', (s->>'size')::integer);
        END LOOP;
      END IF;
      IF forget_ms IS NOT NULL THEN
        old := ARRAY(SELECT x.id FROM signalbox.samples x WHERE x.kind = 3 AND x.at_ms < forget_ms FOR UPDATE SKIP LOCKED);
        DELETE FROM signalbox.samples x WHERE x.kind = 3 AND x.id = ANY (old);
      END IF;
      RETURN signalbox.spread(q.task, a->>'model', a->>'provider', q.principal, day, 0, 0, 0, 0, cost, 0, 0, 0);
    END $$;

    -- A request in the sums (sign 1), or out of them again (-1): on the day on which it began, under the model that answered it.
    CREATE FUNCTION signalbox.count_request(id_of_request bigint, sign integer) RETURNS signalbox.spend_delta[] LANGUAGE plpgsql AS $$
    DECLARE q signalbox.requests; answer signalbox.attempts;
    BEGIN
      SELECT * INTO q FROM signalbox.requests r WHERE r.id = id_of_request;
      IF q.status IS NULL THEN RETURN '{}'; END IF;
      SELECT * INTO answer FROM signalbox.attempts a WHERE a.request = q.id AND a.attempt_id = q.answer_attempt;
      IF q.success IS NOT NULL AND answer.model IS NOT NULL THEN
        UPDATE signalbox.attempt_sums s SET reported_success = s.reported_success + sign * q.success::integer,
          reported_failure = s.reported_failure + sign * (NOT q.success)::integer
        WHERE s.ctid = (SELECT o.ctid FROM signalbox.attempt_sums o WHERE o.model = answer.model AND o.provider = answer.provider
          AND o.task = q.task ORDER BY o.shard LIMIT 1 FOR UPDATE);
      END IF;
      RETURN signalbox.spread(q.task, coalesce(answer.model, '(none)'), coalesce(answer.provider, '(none)'), q.principal,
        floor(q.started_at_ms / 86400000.0)::integer, sign, sign * (q.status = 'accepted')::integer,
        sign * coalesce(q.verdict_status = 'verified', false)::integer,
        sign * coalesce(q.verdict_status = 'unchecked', false)::integer, 0,
        -- An answer that its caller found wrong saves nothing.
        CASE WHEN q.success IS NOT DISTINCT FROM false THEN 0 ELSE sign * coalesce(q.baseline_nano_usd, 0) END,
        sign * q.caller_tokens, 0);
    END $$;

    CREATE FUNCTION signalbox.insert_request(r jsonb) RETURNS signalbox.requests LANGUAGE plpgsql AS $$
    DECLARE q signalbox.requests; extra bigint := coalesce((r->>'exploredNanoUsd')::bigint, 0);
    BEGIN
      INSERT INTO signalbox.requests (route_id, principal, task, started_at_ms, min_quality, caller_tokens, propensity, record, prompt_text)
      VALUES (r->>'routeId', r->>'principal', r->>'task', (r->>'startedAtMs')::bigint, (r->>'minQuality')::double precision,
        (r->>'callerTokens')::bigint, (r->>'propensity')::double precision, r->'record', r->>'promptText')
      RETURNING * INTO q;
      IF extra > 0 THEN
        INSERT INTO signalbox.explorations AS e
        VALUES (floor(q.started_at_ms / 86400000.0)::integer, signalbox.shard(), extra)
        ON CONFLICT (day, shard) DO UPDATE SET extra_nano_usd = e.extra_nano_usd + excluded.extra_nano_usd;
      END IF;
      RETURN q;
    END $$;

    CREATE FUNCTION signalbox.count_lesson(principal text, task text, by bigint) RETURNS void LANGUAGE sql AS $$
      INSERT INTO signalbox.task_revisions AS t VALUES ($1, $2, signalbox.shard(), $3)
      ON CONFLICT ON CONSTRAINT task_revisions_pkey DO UPDATE SET revision = t.revision + excluded.revision
    $$;

    -- Ends a request. Once is enough: a second end changes nothing, unless the first one was presumed.
    CREATE FUNCTION signalbox.end_request(q signalbox.requests, e jsonb, is_presumed boolean) RETURNS signalbox.spend_delta[]
    LANGUAGE plpgsql AS $$
    DECLARE d signalbox.spend_delta[]; added bigint; oldest bigint; old bigint[]; first text := e->'seen'->0->>0;
    BEGIN
      IF q.status IS NOT NULL AND (is_presumed OR NOT q.presumed) THEN RETURN '{}'; END IF;
      DELETE FROM signalbox.reservations v WHERE v.request = q.id AND v.settled;
      d := signalbox.count_request(q.id, -1);
      UPDATE signalbox.requests r SET status = e->>'status', presumed = is_presumed, answer_attempt = e->>'attemptId',
        verdict_status = e->>'verdictStatus', baseline_nano_usd = (e->>'baselineNanoUsd')::bigint,
        ended_at_ms = (e->>'endedAtMs')::bigint, ending = e->'record'
      WHERE r.id = q.id;
      d := d || signalbox.count_request(q.id, 1);
      IF is_presumed OR coalesce(jsonb_array_length(e->'seen'), 0) = 0 THEN RETURN d; END IF;
      INSERT INTO signalbox.seen_requests AS s (principal, task, first_model, route_id, answers, propensity)
      VALUES (coalesce(q.principal, ''), q.task, first, q.route_id, e->'seen', coalesce(q.propensity, 1))
      RETURNING s.id INTO added;
      IF added % 16 = 0 THEN
        SELECT n.id INTO oldest FROM signalbox.seen_requests n WHERE n.principal = coalesce(q.principal, '') AND n.task = q.task
          AND n.first_model = first ORDER BY n.id DESC OFFSET (e->>'keptRequests')::integer - 1 LIMIT 1;
        old := ARRAY(SELECT o.id FROM signalbox.seen_requests o WHERE o.principal = coalesce(q.principal, '') AND o.task = q.task
          AND o.first_model = first AND o.id < oldest FOR UPDATE SKIP LOCKED);
        DELETE FROM signalbox.seen_requests s WHERE s.id = ANY (old);
      END IF;
      RETURN d;
    END $$;
  `,
};
