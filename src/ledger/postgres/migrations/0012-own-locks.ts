import type { PostgresMigration } from "./migration.ts";

/**
 * Advisory locks belong to the whole database, where ledgers of other schemas may have requests of the same name: the lock of a route names
 * its schema as well. Without that, a sweep skips what another ledger works on, and requests of two ledgers wait for each other.
 */
export const OWN_LOCKS: PostgresMigration = {
  title: "locks of this schema alone",
  sql: `
    CREATE FUNCTION signalbox.route_lock(route text) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
      SELECT hashtextextended('signalbox.' || route, 7711)
    $$;

    CREATE OR REPLACE FUNCTION signalbox.lock_route(route text) RETURNS void LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM pg_advisory_xact_lock(signalbox.route_lock(route));
    END $$;

    -- The rest of the function stays as it was made.
    DO $do$
    DECLARE made text := pg_get_functiondef('signalbox.expire(double precision)'::regprocedure);
      other text := replace(made, 'hashtextextended(c.route_id, 7711)', 'signalbox.route_lock(c.route_id)');
    BEGIN
      IF other = made THEN RAISE EXCEPTION 'the lock of a sweep is not where it was'; END IF;
      EXECUTE other;
    END $do$;
  `,
};
