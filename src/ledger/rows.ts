/** A row of `requests`, as SQLite gives it. Words are numbers of `names`. */
export interface RequestRow {
  readonly id: number;
  readonly route_id: string;
  readonly task: number;
  readonly started_at_ms: number;
  readonly budget_nano_usd: number | null;
  readonly deadline_ms: number;
  readonly min_quality: number;
  readonly optimize: number;
  readonly prompt_chars: number;
  readonly prompt_sha256: string | Uint8Array;
  readonly plan: string;
  readonly notes: string | null;
  readonly status: number | null;
  readonly error_code: number | null;
  readonly answer_seq: number | null;
  readonly verdict_status: number | null;
  readonly baseline_model: number | null;
  readonly baseline_nano_usd: number | null;
  readonly ended_at_ms: number | null;
  readonly latency_ms: number | null;
  readonly end_notes: string | null;
  readonly principal: number | null;
}

/** A row of `attempts`. */
export interface AttemptRow {
  readonly seq: number;
  readonly attempt_id: string;
  readonly ordinal: number;
  readonly model: number;
  readonly provider: number;
  readonly outcome: number;
  readonly started_at_ms: number;
  readonly latency_ms: number;
  readonly first_token_ms: number | null;
  readonly cost_nano_usd: number;
  readonly cost_exact: number;
  readonly input_tokens: number | null;
  readonly cache_read_tokens: number | null;
  readonly cache_write_tokens: number | null;
  readonly output_tokens: number | null;
  readonly reasoning_tokens: number | null;
  readonly verdict_status: number | null;
  readonly score: number | null;
  readonly basis: number | null;
  readonly error_kind: number | null;
  readonly error_message: string | null;
  readonly error_status: number | null;
  readonly retry_after_ms: number | null;
  readonly role: number | null;
  readonly judged_by: number | null;
}
