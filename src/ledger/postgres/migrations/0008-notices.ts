import type { PostgresMigration } from "./migration.ts";

/** Messages that were sent, so that of all instances one sends each; a row goes when its time is over. */
export const NOTICES: PostgresMigration = {
  title: "notices that were sent",
  sql: `
    CREATE TABLE signalbox.notices (key text PRIMARY KEY, until_ms bigint NOT NULL);

    CREATE FUNCTION signalbox.claim_notice(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
    DECLARE is_first boolean;
    BEGIN
      DELETE FROM signalbox.notices n WHERE n.until_ms <= (p->>'nowMs')::bigint;
      INSERT INTO signalbox.notices VALUES (p->>'key', (p->>'untilMs')::bigint) ON CONFLICT DO NOTHING;
      is_first := FOUND;
      RETURN jsonb_build_object('first', is_first);
    END $$;
  `,
};
