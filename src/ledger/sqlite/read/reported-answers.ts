import type { Basis } from "../../../checks/kit/check-result.ts";
import type { ReportedAnswers } from "../../../core/ledger-reader.ts";
import type { Connection } from "../db/connection.ts";

const SQL = (whose: string): string => `
  SELECT r.task, a.basis, count(*) AS reported, sum(o.success = 0) AS wrong
  FROM outcomes o JOIN requests r ON r.id = o.request JOIN attempts a ON a.request = r.id AND a.seq = r.answer_seq
  JOIN names n ON n.id = r.status
  WHERE n.name = 'accepted' ${whose} GROUP BY r.task, a.basis ORDER BY reported DESC`;

/** What callers said of accepted answers, by task and by what the answers stood on, of requests that are still kept. */
export function readReportedAnswers(connection: Connection, principal: string | null): readonly ReportedAnswers[] {
  const { names } = connection;
  const whose = principal === null ? null : names.find(principal);
  if (principal !== null && whose === null) return [];
  return connection
    .all<{ task: number; basis: number | null; reported: number; wrong: number }>(
      SQL(whose === null ? "" : "AND r.principal = ?"),
      ...(whose === null ? [] : [whose]),
    )
    .map(({ task, basis, reported, wrong }) => ({
      task: names.of(task),
      basis: names.ofOrNull(basis) as Basis | null,
      reported,
      wrong,
    }));
}
