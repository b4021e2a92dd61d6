import type { PostgresMigration } from "./migration.ts";

/**
 * How sums change: what a transaction adds is gathered as rows of `spend_delta` and added at its end, in the order of the keys, so that
 * two transactions never wait for each other in a circle.
 */
export const SUMS: PostgresMigration = {
  title: "functions: sums and limits",
  sql: `
    CREATE TYPE signalbox.spend_delta AS (
      principal text, dimension smallint, name text, day integer, requests bigint, accepted bigint, verified bigint,
      unchecked bigint, cost bigint, baseline bigint, tokens bigint, held bigint
    );

    CREATE FUNCTION signalbox.shard() RETURNS smallint LANGUAGE sql VOLATILE AS $$
      SELECT (pg_backend_pid() % 16)::smallint
    $$;

    -- Whatever happens to a request happens one after the other: by the id of its route, until the transaction ends.
    CREATE FUNCTION signalbox.lock_route(route text) RETURNS void LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM pg_advisory_xact_lock(hashtextextended(route, 7711));
    END $$;

    -- Held money counts where a limit can be: in all, for the task, at the provider, and of the principal in all.
    CREATE FUNCTION signalbox.spread(
      task text, model text, provider text, principal text, day integer, requests bigint, accepted bigint, verified bigint,
      unchecked bigint, cost bigint, baseline bigint, tokens bigint, held bigint
    ) RETURNS signalbox.spend_delta[] LANGUAGE plpgsql IMMUTABLE AS $$
    DECLARE
      d signalbox.spend_delta[] := ARRAY[
        ROW('', 0, '', $5, $6, $7, $8, $9, $10, $11, $12, $13), ROW('', 1, $2, $5, $6, $7, $8, $9, $10, $11, $12, 0),
        ROW('', 2, $3, $5, $6, $7, $8, $9, $10, $11, $12, $13), ROW('', 3, $1, $5, $6, $7, $8, $9, $10, $11, $12, $13)
      ]::signalbox.spend_delta[];
    BEGIN
      IF $4 IS NULL THEN RETURN d; END IF;
      RETURN d || ARRAY[
        ROW($4, 0, '', $5, $6, $7, $8, $9, $10, $11, $12, $13), ROW($4, 1, $2, $5, $6, $7, $8, $9, $10, $11, $12, 0),
        ROW($4, 2, $3, $5, $6, $7, $8, $9, $10, $11, $12, 0), ROW($4, 3, $1, $5, $6, $7, $8, $9, $10, $11, $12, 0)
      ]::signalbox.spend_delta[];
    END $$;

    -- The sums that a line of a batch counts in.
    CREATE FUNCTION signalbox.line_delta(line smallint, name text, day integer, held bigint)
    RETURNS signalbox.spend_delta LANGUAGE sql IMMUTABLE AS $$
      SELECT ROW(
        CASE WHEN line = 4 THEN name ELSE '' END, CASE WHEN line IN (2, 3) THEN line ELSE 0::smallint END,
        CASE WHEN line IN (2, 3) THEN name ELSE '' END, day, 0, 0, 0, 0, 0, 0, 0, held
      )::signalbox.spend_delta
    $$;

    CREATE FUNCTION signalbox.add_sums(d signalbox.spend_delta[]) RETURNS void LANGUAGE plpgsql AS $$
    DECLARE own smallint := signalbox.shard();
    BEGIN
      IF cardinality(d) = 0 THEN RETURN; END IF;
      INSERT INTO signalbox.spend_sums AS s (principal, dimension, name, day, shard, requests, accepted, verified, unchecked,
        cost_nano_usd, baseline_nano_usd, caller_tokens, held_nano_usd)
      SELECT x.principal, x.dimension, x.name, x.day, own, sum(x.requests), sum(x.accepted), sum(x.verified), sum(x.unchecked),
        sum(x.cost), sum(x.baseline), sum(x.tokens), sum(x.held)
      FROM unnest(d) AS x GROUP BY 1, 2, 3, 4
      HAVING sum(x.requests) <> 0 OR sum(x.accepted) <> 0 OR sum(x.verified) <> 0 OR sum(x.unchecked) <> 0
        OR sum(x.cost) <> 0 OR sum(x.baseline) <> 0 OR sum(x.tokens) <> 0 OR sum(x.held) <> 0
      ORDER BY x.principal COLLATE "C", x.dimension, x.name COLLATE "C", x.day
      ON CONFLICT (principal, dimension, name, day, shard) DO UPDATE SET
        requests = s.requests + excluded.requests, accepted = s.accepted + excluded.accepted,
        verified = s.verified + excluded.verified, unchecked = s.unchecked + excluded.unchecked,
        cost_nano_usd = s.cost_nano_usd + excluded.cost_nano_usd,
        baseline_nano_usd = s.baseline_nano_usd + excluded.baseline_nano_usd,
        caller_tokens = s.caller_tokens + excluded.caller_tokens, held_nano_usd = s.held_nano_usd + excluded.held_nano_usd;
    END $$;

    CREATE FUNCTION signalbox.lock_guards(keys jsonb) RETURNS void LANGUAGE plpgsql AS $$
    DECLARE wanted text[] := ARRAY(SELECT DISTINCT k COLLATE "C" FROM jsonb_array_elements_text(keys) AS k); found_rows bigint;
    BEGIN
      IF cardinality(wanted) = 0 THEN RETURN; END IF;
      PERFORM 1 FROM signalbox.guards WHERE key = ANY (wanted) ORDER BY key FOR UPDATE;
      GET DIAGNOSTICS found_rows = ROW_COUNT;
      IF found_rows = cardinality(wanted) THEN RETURN; END IF;
      INSERT INTO signalbox.guards (key) SELECT k FROM unnest(wanted) AS k ORDER BY k COLLATE "C" ON CONFLICT DO NOTHING;
      PERFORM 1 FROM signalbox.guards WHERE key = ANY (wanted) ORDER BY key FOR UPDATE;
    END $$;

    -- What is used of a limit, d counted in. Of the batch's own: what it holds is free to it, and, where own_calls_free, its calls too.
    CREATE FUNCTION signalbox.used(
      l jsonb, batch text, own_calls_free boolean, d signalbox.spend_delta[], OUT spent bigint, OUT held bigint
    ) LANGUAGE plpgsql VOLATILE AS $$
    #variable_conflict use_variable
    DECLARE
      whose text := l->>'principal'; along smallint := (l->>'dimension')::smallint; named text := l->>'name';
      first_day integer := (l->>'first')::integer; last_day integer := (l->>'last')::integer; id_of_request bigint;
    BEGIN
      IF l ? 'routeId' THEN
        SELECT r.id INTO id_of_request FROM signalbox.requests r WHERE r.route_id = l->>'routeId';
        SELECT coalesce(sum(a.cost_nano_usd), 0) INTO spent FROM signalbox.attempts a WHERE a.request = id_of_request;
        SELECT coalesce(sum(v.amount_nano_usd), 0) INTO held FROM signalbox.reservations v WHERE v.request = id_of_request;
        RETURN;
      END IF;
      SELECT coalesce(sum(s.cost_nano_usd), 0), coalesce(sum(s.held_nano_usd), 0) INTO spent, held FROM signalbox.spend_sums s
      WHERE s.principal = whose AND s.dimension = along AND s.name = named AND s.day BETWEEN first_day AND last_day;
      IF cardinality(d) > 0 THEN
        SELECT spent + coalesce(sum(x.cost), 0), held + coalesce(sum(x.held), 0) INTO spent, held FROM unnest(d) AS x
        WHERE x.principal = whose AND x.dimension = along AND x.name = named AND x.day BETWEEN first_day AND last_day;
      END IF;
      IF batch IS NULL THEN RETURN; END IF;
      held := held - coalesce((SELECT sum(h.amount_nano_usd) FROM signalbox.holds h WHERE h.batch_id = batch
        AND h.line = (l->>'line')::smallint AND h.name = l->>'lineName' AND h.day BETWEEN first_day AND last_day), 0);
      IF NOT own_calls_free THEN RETURN; END IF;
      held := held - coalesce((SELECT sum(v.amount_nano_usd) FROM signalbox.reservations v
        WHERE v.batch_id = batch AND v.day BETWEEN first_day AND last_day AND (l->>'task' IS NULL OR v.task = l->>'task')
        AND (l->>'provider' IS NULL OR v.provider = l->>'provider') AND (whose = '' OR v.principal = whose)), 0);
    END $$;

    -- When the first of those that hold something ends. What a dead process holds is free when its lease is over.
    CREATE FUNCTION signalbox.held_until(l jsonb, now_ms bigint, batch text, own_calls_free boolean) RETURNS bigint
    LANGUAGE plpgsql STABLE AS $$
    DECLARE
      whose text := l->>'principal'; first_day integer := (l->>'first')::integer; last_day integer := (l->>'last')::integer;
      own text := CASE WHEN own_calls_free THEN batch END; of_calls bigint; of_batches bigint;
    BEGIN
      IF l ? 'routeId' THEN
        RETURN (SELECT min(CASE WHEN v.ends_by_ms > now_ms THEN v.ends_by_ms ELSE v.lease_until_ms END)
          FROM signalbox.reservations v JOIN signalbox.requests r ON r.id = v.request
          WHERE r.route_id = l->>'routeId' AND v.amount_nano_usd > 0);
      END IF;
      SELECT least(
        (SELECT v.ends_by_ms FROM signalbox.reservations v WHERE v.ends_by_ms > now_ms AND v.amount_nano_usd > 0
          AND v.day BETWEEN first_day AND last_day AND v.batch_id IS DISTINCT FROM coalesce(own, '')
          AND (l->>'task' IS NULL OR v.task = l->>'task') AND (l->>'provider' IS NULL OR v.provider = l->>'provider')
          AND (whose = '' OR v.principal = whose) ORDER BY v.ends_by_ms LIMIT 1),
        (SELECT min(v.lease_until_ms) FROM signalbox.reservations v WHERE v.ends_by_ms <= now_ms AND v.amount_nano_usd > 0
          AND v.day BETWEEN first_day AND last_day AND v.batch_id IS DISTINCT FROM coalesce(own, '')
          AND (l->>'task' IS NULL OR v.task = l->>'task') AND (l->>'provider' IS NULL OR v.provider = l->>'provider')
          AND (whose = '' OR v.principal = whose))
      ) INTO of_calls;
      SELECT min(CASE WHEN h.ends_by_ms > now_ms THEN h.ends_by_ms ELSE h.lease_until_ms END) INTO of_batches
      FROM signalbox.holds h WHERE h.line = (l->>'line')::smallint AND h.name = l->>'lineName' AND h.amount_nano_usd > 0
        AND h.day BETWEEN first_day AND last_day AND h.batch_id IS DISTINCT FROM coalesce(batch, '');
      RETURN least(of_calls, of_batches);
    END $$;
  `,
};
