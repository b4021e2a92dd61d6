import type { PostgresMigration } from "./migration.ts";

/**
 * What instances behind a load balancer share. Rows end by `expires_at`, in the time of the database. `shared_tasks` and `shared_answers`
 * hold texts of callers.
 */
export const SHARED: PostgresMigration = {
  title: "what instances share",
  sql: `
    CREATE TABLE signalbox.shared_secrets (name text COLLATE "C" PRIMARY KEY, secret text NOT NULL);

    -- Approvals that were used, and by which call.
    CREATE TABLE signalbox.shared_nonces (
      nonce text COLLATE "C" PRIMARY KEY,
      call_id text NOT NULL,
      expires_at timestamptz NOT NULL
    );
    CREATE INDEX shared_nonces_by_end ON signalbox.shared_nonces (expires_at);

    -- After a crash of the server everybody has a whole share.
    CREATE UNLOGGED TABLE signalbox.shared_rates (
      caller text COLLATE "C" PRIMARY KEY,
      tokens double precision NOT NULL,
      at timestamptz NOT NULL
    ) WITH (fillfactor = 50);

    -- key is a hash of the id, which whoever knows it may use.
    CREATE TABLE signalbox.shared_tasks (
      key text COLLATE "C" PRIMARY KEY,
      principal text COLLATE "C",
      state jsonb NOT NULL,
      is_running boolean NOT NULL,
      is_cancelled boolean NOT NULL DEFAULT false,
      lease_until timestamptz NOT NULL,
      expires_at timestamptz NOT NULL
    );
    CREATE INDEX shared_tasks_by_end ON signalbox.shared_tasks (expires_at);
    CREATE INDEX shared_tasks_of_principal ON signalbox.shared_tasks (principal);

    CREATE TABLE signalbox.shared_answers (
      route_id text COLLATE "C" PRIMARY KEY,
      principal text COLLATE "C",
      answer text NOT NULL,
      kept_at timestamptz NOT NULL,
      expires_at timestamptz NOT NULL
    );
    CREATE INDEX shared_answers_by_end ON signalbox.shared_answers (expires_at);

    CREATE FUNCTION signalbox.in_ms(ms double precision) RETURNS timestamptz LANGUAGE sql VOLATILE AS $$
      SELECT clock_timestamp() + ms * interval '1 millisecond'
    $$;

    -- Nobody waits for another who sweeps the same.
    CREATE FUNCTION signalbox.sweep_shared(p jsonb) RETURNS void LANGUAGE plpgsql AS $$
    BEGIN
      DELETE FROM signalbox.shared_nonces n WHERE n.nonce = ANY (ARRAY(
        SELECT o.nonce FROM signalbox.shared_nonces o WHERE o.expires_at < clock_timestamp() FOR UPDATE SKIP LOCKED));
      DELETE FROM signalbox.shared_tasks t WHERE t.key = ANY (ARRAY(
        SELECT o.key FROM signalbox.shared_tasks o WHERE o.expires_at < clock_timestamp() FOR UPDATE SKIP LOCKED));
      DELETE FROM signalbox.shared_answers a WHERE a.route_id = ANY (ARRAY(
        SELECT o.route_id FROM signalbox.shared_answers o WHERE o.expires_at < clock_timestamp() FOR UPDATE SKIP LOCKED));
      DELETE FROM signalbox.shared_rates r WHERE r.caller = ANY (ARRAY(
        SELECT o.caller FROM signalbox.shared_rates o WHERE o.at < clock_timestamp() - interval '2 minutes' FOR UPDATE SKIP LOCKED));
    END $$;

    CREATE FUNCTION signalbox.shared_secret(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO signalbox.shared_secrets VALUES (p->>'name', p->>'secret') ON CONFLICT DO NOTHING;
      RETURN (SELECT to_jsonb(s.secret) FROM signalbox.shared_secrets s WHERE s.name = p->>'name');
    END $$;

    -- A call that is repeated, because its answer was lost, is the same use.
    CREATE FUNCTION signalbox.use_once(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO signalbox.shared_nonces VALUES (p->>'nonce', p->>'callId', signalbox.in_ms((p->>'keepMs')::double precision))
      ON CONFLICT DO NOTHING;
      RETURN (SELECT to_jsonb(n.call_id = p->>'callId') FROM signalbox.shared_nonces n WHERE n.nonce = p->>'nonce');
    END $$;

    CREATE FUNCTION signalbox.take_share(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
    DECLARE most double precision := (p->>'perMinute')::double precision; now_at timestamptz := clock_timestamp(); have double precision;
    BEGIN
      INSERT INTO signalbox.shared_rates VALUES (p->>'caller', most, now_at) ON CONFLICT DO NOTHING;
      SELECT least(most, r.tokens + greatest(0, extract(epoch FROM now_at - r.at)) * most / 60) INTO have
      FROM signalbox.shared_rates r WHERE r.caller = p->>'caller' FOR UPDATE;
      UPDATE signalbox.shared_rates r SET tokens = CASE WHEN have >= 1 THEN have - 1 ELSE have END, at = greatest(r.at, now_at)
      WHERE r.caller = p->>'caller';
      RETURN to_jsonb(CASE WHEN have >= 1 THEN 0 ELSE (1 - have) * 60000 / most END);
    END $$;

    CREATE FUNCTION signalbox.task_room(p jsonb) RETURNS jsonb LANGUAGE sql STABLE AS $$
      SELECT to_jsonb(count(*) < (p->>'most')::integer
        AND count(*) FILTER (WHERE t.principal IS NOT DISTINCT FROM p->>'principal') < (p->>'mostPerPrincipal')::integer)
      FROM signalbox.shared_tasks t WHERE t.expires_at >= clock_timestamp()
    $$;

    CREATE FUNCTION signalbox.task_open(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
    BEGIN
      IF EXISTS (SELECT FROM signalbox.shared_tasks t WHERE t.key = p->>'key') THEN RETURN 'true'; END IF;
      PERFORM signalbox.lock_route('tasks of ' || coalesce(p->>'principal', ''));
      IF signalbox.task_room(p) = 'false' THEN RETURN 'false'; END IF;
      INSERT INTO signalbox.shared_tasks VALUES (p->>'key', p->>'principal', p->'state', true, false,
        signalbox.in_ms((p->>'leaseMs')::double precision), signalbox.in_ms((p->>'ttlMs')::double precision));
      RETURN 'true';
    END $$;

    -- The first end counts: what comes after a cancel does not matter any more.
    CREATE FUNCTION signalbox.task_store(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
    DECLARE keys text[] := ARRAY(SELECT x->>'key' FROM jsonb_array_elements(p->'tasks') AS x);
    BEGIN
      PERFORM 1 FROM signalbox.shared_tasks t WHERE t.key = ANY (keys) ORDER BY t.key FOR UPDATE;
      UPDATE signalbox.shared_tasks t SET state = x->'state', is_running = (x->>'isRunning')::boolean,
        lease_until = signalbox.in_ms((p->>'leaseMs')::double precision)
      FROM jsonb_array_elements(p->'tasks') AS x WHERE t.key = x->>'key' AND t.is_running AND NOT t.is_cancelled;
      RETURN (SELECT coalesce(jsonb_agg(t.key), '[]') FROM signalbox.shared_tasks t WHERE t.key = ANY (keys) AND t.is_cancelled);
    END $$;

    CREATE FUNCTION signalbox.task_find(p jsonb) RETURNS jsonb LANGUAGE sql STABLE AS $$
      SELECT jsonb_build_object('found', (
        SELECT jsonb_build_object('state', t.state, 'isLost', t.is_running AND t.lease_until < clock_timestamp())
        FROM signalbox.shared_tasks t WHERE t.key = p->>'key' AND t.principal IS NOT DISTINCT FROM p->>'principal'
          AND t.expires_at >= clock_timestamp()))
    $$;

    CREATE FUNCTION signalbox.task_cancel(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
    DECLARE t signalbox.shared_tasks;
    BEGIN
      SELECT * INTO t FROM signalbox.shared_tasks o WHERE o.key = p->>'key' AND o.principal IS NOT DISTINCT FROM p->>'principal'
        AND o.expires_at >= clock_timestamp() FOR UPDATE;
      IF NOT FOUND THEN RETURN 'false'; END IF;
      IF t.is_running AND t.lease_until >= clock_timestamp() THEN
        UPDATE signalbox.shared_tasks o SET is_running = false, is_cancelled = true, state = o.state || (p->'changes')
        WHERE o.key = t.key;
      END IF;
      RETURN 'true';
    END $$;

    CREATE FUNCTION signalbox.task_discard(p jsonb) RETURNS void LANGUAGE sql AS $$
      DELETE FROM signalbox.shared_tasks t WHERE t.key = p->>'key'
    $$;

    -- The newest stay: in all, and of a principal but the owner, as far as there is room.
    CREATE FUNCTION signalbox.answer_keep(p jsonb) RETURNS void LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO signalbox.shared_answers AS a VALUES (p->>'routeId', p->>'principal', p->>'text', clock_timestamp(),
        signalbox.in_ms((p->>'keepMs')::double precision))
      ON CONFLICT (route_id) DO UPDATE SET answer = excluded.answer, kept_at = excluded.kept_at, expires_at = excluded.expires_at;
      DELETE FROM signalbox.shared_answers a WHERE a.route_id = ANY (ARRAY(
        SELECT o.route_id FROM signalbox.shared_answers o WHERE o.route_id IN (
          SELECT x.route_id FROM (
            SELECT s.route_id, s.principal, sum(length(s.answer)) OVER (ORDER BY s.kept_at DESC) AS of_all,
              sum(length(s.answer)) OVER (PARTITION BY s.principal ORDER BY s.kept_at DESC) AS of_principal
            FROM signalbox.shared_answers s
          ) AS x WHERE x.of_all > (p->>'mostChars')::bigint
            OR (x.principal IS NOT NULL AND x.of_principal > (p->>'mostCharsPerPrincipal')::bigint))
        ORDER BY o.route_id FOR UPDATE SKIP LOCKED));
    END $$;

    CREATE FUNCTION signalbox.answer_find(p jsonb) RETURNS jsonb LANGUAGE sql STABLE AS $$
      SELECT jsonb_build_object('text', (SELECT a.answer FROM signalbox.shared_answers a WHERE a.route_id = p->>'routeId'
        AND a.principal IS NOT DISTINCT FROM p->>'principal' AND a.expires_at >= clock_timestamp()))
    $$;

    CREATE FUNCTION signalbox.answer_ids(p jsonb) RETURNS jsonb LANGUAGE sql STABLE AS $$
      SELECT coalesce(jsonb_agg(a.route_id ORDER BY a.kept_at DESC), '[]') FROM signalbox.shared_answers a
      WHERE a.principal IS NOT DISTINCT FROM p->>'principal' AND a.expires_at >= clock_timestamp()
    $$;

    -- Differs once a request was settled, reported on or pruned.
    CREATE FUNCTION signalbox.change_mark(p jsonb) RETURNS jsonb LANGUAGE sql STABLE AS $$
      SELECT jsonb_build_array(
        (SELECT jsonb_build_array(sum(s.requests), sum(s.cost_nano_usd)) FROM signalbox.spend_sums s
          WHERE s.principal = '' AND s.dimension = 0),
        (SELECT jsonb_build_array(sum(s.attempts), sum(s.reported_success), sum(s.reported_failure)) FROM signalbox.attempt_sums s),
        (SELECT sum(r.requests) FROM signalbox.prunes r))
    $$;

    CREATE FUNCTION signalbox.is_ready(p jsonb) RETURNS jsonb LANGUAGE sql STABLE AS $$ SELECT 'true'::jsonb $$;

    CREATE FUNCTION signalbox.announce(p jsonb) RETURNS void LANGUAGE sql AS $$
      SELECT pg_notify(p->>'channel', p->>'message')
    $$;
  `,
};
