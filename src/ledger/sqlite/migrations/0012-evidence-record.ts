import type { Migration } from "./migration.ts";

/**
 * What callers said of answers that bought evidence had spoken for, by principal (0: the owner), task, basis and models (a JSON list of ids
 * in order): how many answers, how many of them right, ever and lately. Not pruned with the requests. Answers that were reported
 * wrong have earned a baseline so far: it is taken out of the sums.
 */
export const EVIDENCE_RECORD: Migration = {
  title: "how often bought evidence was right",
  up: (db) =>
    db.exec(`
      CREATE TABLE evidence_records (
        principal INTEGER NOT NULL,
        task INTEGER NOT NULL,
        basis INTEGER NOT NULL,
        models INTEGER NOT NULL,
        times INTEGER NOT NULL,
        right INTEGER NOT NULL,
        recent_times REAL NOT NULL,
        recent_right REAL NOT NULL,
        PRIMARY KEY (principal, task, basis, models)
      ) STRICT, WITHOUT ROWID;

      CREATE TEMP TABLE wrong AS
        SELECT coalesce(r.principal, 0) AS principal, r.task, r.started_at_ms / 86400000 AS day,
          coalesce(a.model, 0) AS model, coalesce(a.provider, 0) AS provider, r.baseline_nano_usd AS baseline
        FROM outcomes o JOIN requests r ON r.id = o.request
        LEFT JOIN attempts a ON a.request = r.id AND a.seq = r.answer_seq
        WHERE o.success = 0 AND r.status IS NOT NULL AND r.baseline_nano_usd > 0;
      UPDATE spend_rollups SET baseline_nano_usd = baseline_nano_usd - coalesce((
        SELECT sum(baseline) FROM wrong w WHERE w.day = spend_rollups.day AND spend_rollups.name =
          CASE spend_rollups.dimension WHEN 0 THEN 0 WHEN 1 THEN w.model WHEN 2 THEN w.provider ELSE w.task END), 0)
        WHERE day IN (SELECT day FROM wrong);
      UPDATE principal_rollups SET baseline_nano_usd = baseline_nano_usd - coalesce((
        SELECT sum(baseline) FROM wrong w
        WHERE w.day = principal_rollups.day AND w.principal = principal_rollups.principal AND principal_rollups.name =
          CASE principal_rollups.dimension WHEN 0 THEN 0 WHEN 1 THEN w.model WHEN 2 THEN w.provider ELSE w.task END), 0)
        WHERE day IN (SELECT day FROM wrong);
      DROP TABLE wrong;
    `),
};
