import type { RequestEnd } from "../../../core/ports.ts";
import type { Connection } from "../db/connection.ts";
import { NO_NAME } from "../db/interned-names.ts";

const ADD = `
  INSERT INTO caller_savings (principal, task, model, provider, day, unwritten_tokens, unread_tokens)
  SELECT coalesce(r.principal, 0), r.task, coalesce(a.model, ${NO_NAME}), coalesce(a.provider, ${NO_NAME}),
    r.started_at_ms / 86400000, ?, ?
  FROM requests r LEFT JOIN attempts a ON a.request = r.id AND a.seq = r.answer_seq
  WHERE r.id = ?
  ON CONFLICT (principal, task, model, provider, day) DO UPDATE SET
    unwritten_tokens = unwritten_tokens + excluded.unwritten_tokens, unread_tokens = unread_tokens + excluded.unread_tokens`;

/** Counts what an ended request spared its caller, under the model that answered it. */
export function addCallerSaving(connection: Connection, request: number, { callerSaved }: RequestEnd): void {
  if (callerSaved === undefined) return;
  connection.run(ADD, callerSaved.unwrittenTokens, callerSaved.unreadTokens, request);
}
