import type { Connection } from "../db/connection.ts";
import type { DayNumber } from "../../units.ts";
import { NO_NAME } from "../db/interned-names.ts";

/** What spend is summed along; `all` has one row a day. */
export const DIMENSIONS = { all: 0, model: 1, provider: 2, task: 3 } as const;

/** What stands in place of a name along `all`. */
export const ALL_NAMES = 0;

/** `1` adds a record to the sums, `-1` takes it out again, as when a record is corrected. */
export type Sign = 1 | -1;

/** One settled attempt as the rollups see it. Names are interned. */
export interface AttemptFacts {
  readonly model: number;
  readonly provider: number;
  /** `null`: the owner. */
  readonly principal: number | null;
  readonly task: number;
  readonly day: DayNumber;
  readonly outcome: "accepted" | "rejected" | "failed";
  /** The error kind of a failed attempt. */
  readonly failure: number | null;
  readonly verified: boolean;
  readonly costNanoUsd: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** One ended request as the rollups see it. */
export interface RequestFacts {
  /** Of the answer that was returned; `null` when there was none. */
  readonly model: number | null;
  readonly provider: number | null;
  /** `null`: the owner. */
  readonly principal: number | null;
  readonly task: number;
  readonly day: DayNumber;
  readonly accepted: boolean;
  readonly verified: boolean;
  readonly unchecked: boolean;
  readonly baselineNanoUsd: number;
  readonly callerTokens: number;
  /** What the caller said later; `null`: nothing. */
  readonly success: boolean | null;
}

/** Four rows, one along each dimension. */
const addSpendSql = (table: string, columns: string, values: string): string => `
  INSERT INTO ${table} (${columns}, day, requests, accepted, verified, unchecked, cost_nano_usd, baseline_nano_usd,
    caller_tokens)
  VALUES ${Array(4).fill(values).join(", ")}
  ON CONFLICT (${columns}, day) DO UPDATE SET
    requests = requests + excluded.requests, accepted = accepted + excluded.accepted,
    verified = verified + excluded.verified, unchecked = unchecked + excluded.unchecked,
    cost_nano_usd = cost_nano_usd + excluded.cost_nano_usd, baseline_nano_usd = baseline_nano_usd + excluded.baseline_nano_usd,
    caller_tokens = caller_tokens + excluded.caller_tokens`;
const ADD_SPEND = addSpendSql("spend_rollups", "dimension, name", "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
const ADD_OF_PRINCIPAL = addSpendSql(
  "principal_rollups",
  "principal, dimension, name",
  "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
);

const ADD_ATTEMPT = `
  INSERT INTO attempt_rollups (model, provider, task, attempts, accepted, rejected, failed, verified, cost_nano_usd,
    input_tokens, output_tokens, reported_success, reported_failure)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0)
  ON CONFLICT (model, provider, task) DO UPDATE SET
    attempts = attempts + excluded.attempts, accepted = accepted + excluded.accepted,
    rejected = rejected + excluded.rejected, failed = failed + excluded.failed, verified = verified + excluded.verified,
    cost_nano_usd = cost_nano_usd + excluded.cost_nano_usd, input_tokens = input_tokens + excluded.input_tokens,
    output_tokens = output_tokens + excluded.output_tokens`;

const ADD_FAILURE = `
  INSERT INTO failure_rollups (model, provider, kind, failures) VALUES (?, ?, ?, ?)
  ON CONFLICT (model, provider, kind) DO UPDATE SET failures = failures + excluded.failures`;

const ADD_REPORT = `
  UPDATE attempt_rollups SET reported_success = reported_success + ?, reported_failure = reported_failure + ?
  WHERE model = ? AND provider = ? AND task = ?`;

/** Counts an attempt: its money on the day of its reservation, under its own model. */
export function addAttempt(connection: Connection, facts: AttemptFacts, sign: Sign): void {
  const { model, provider, principal, task, day, outcome } = facts;
  const cost = sign * facts.costNanoUsd;
  const count = (yes: boolean): number => (yes ? sign : 0);
  if (cost !== 0) addSpend(connection, { model, provider, principal, task, day }, [0, 0, 0, 0, cost, 0, 0]);
  connection.run(
    ADD_ATTEMPT,
    model,
    provider,
    task,
    sign,
    count(outcome === "accepted"),
    count(outcome === "rejected"),
    count(outcome === "failed"),
    count(facts.verified),
    cost,
    sign * facts.inputTokens,
    sign * facts.outputTokens,
  );
  if (facts.failure !== null) connection.run(ADD_FAILURE, model, provider, facts.failure, sign);
}

/** Counts a request on the day on which it started, under the model that answered it. */
export function addRequest(connection: Connection, facts: RequestFacts, sign: Sign): void {
  const { model, provider, principal, task, day, success } = facts;
  const count = (yes: boolean): number => (yes ? sign : 0);
  addSpend(connection, { model: model ?? NO_NAME, provider: provider ?? NO_NAME, principal, task, day }, [
    sign,
    count(facts.accepted),
    count(facts.verified),
    count(facts.unchecked),
    0,
    sign * facts.baselineNanoUsd,
    sign * facts.callerTokens,
  ]);
  if (success === null || model === null || provider === null) return;
  connection.run(ADD_REPORT, count(success), count(!success), model, provider, task);
}

type Sums = readonly [
  requests: number,
  accepted: number,
  verified: number,
  unchecked: number,
  costNanoUsd: number,
  baselineNanoUsd: number,
  callerTokens: number,
];

function addSpend(
  connection: Connection,
  at: Pick<AttemptFacts, "model" | "provider" | "principal" | "task" | "day">,
  sums: Sums,
): void {
  const rows: readonly (readonly [dimension: number, name: number])[] = [
    [DIMENSIONS.all, ALL_NAMES],
    [DIMENSIONS.model, at.model],
    [DIMENSIONS.provider, at.provider],
    [DIMENSIONS.task, at.task],
  ];
  connection.run(ADD_SPEND, ...rows.flatMap((row) => [...row, at.day, ...sums]));
  const { principal } = at;
  if (principal === null) return;
  connection.run(ADD_OF_PRINCIPAL, ...rows.flatMap((row) => [principal, ...row, at.day, ...sums]));
}

/** What the hold of a batch has a line for: in all, and what of it each task, provider and principal may need. */
export const HOLD_LINES = { all: 0, provider: 2, task: 3, principal: 4 } as const;
