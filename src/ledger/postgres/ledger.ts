import { randomUUID } from "node:crypto";
import { SignalboxError } from "../../core/errors.ts";
import type { Ledger, ReserveInput, ReserveResult, ShadowRunRecord } from "../../core/ports.ts";
import type { LedgerReader } from "../../core/ledger-reader.ts";
import type { SharedState } from "../../core/shared-state.ts";
import { FORGOTTEN_MS } from "../common/bounds.ts";
import { NO_ENDINGS } from "../common/endings.ts";
import { daysOf, NO_SPEND } from "../common/spend.ts";
import { noRecent } from "../common/no-recent.ts";
import { checkedAmount, dayNumberAt, dayNumberOf, wholeMs } from "../units.ts";
import { Database, type DatabaseCall } from "./db/database.ts";
import { prune, readPrunedBefore } from "./prune.ts";
import { readEndings } from "./read/endings.ts";
import { readEnded } from "./read/ended-requests.ts";
import { noHealth, readHealth } from "./read/health.ts";
import { readLessons } from "./read/lessons.ts";
import { readMetrics, readOwnMetrics } from "./read/metrics.ts";
import { outagesOf, type OutageColumns } from "./read/outages.ts";
import { recentArgument, recentFacts, type RecentRows } from "./read/recent.ts";
import { readDays, readHistory, readReportedAnswers, readRouteIds } from "./read/requests.ts";
import { readRoute } from "./read/route.ts";
import { readIdsBetween, readRunning } from "./read/running.ts";
import { readExplored, readShadowRuns, readCallerSavings, readSpend } from "./read/spend.ts";
import { recordOutcome } from "./write/lessons.ts";
import { endArgument, requestArgument } from "./write/requests.ts";
import { holdArgument, holdResult, reserveArgument, reserveResult, type Granted } from "./write/reserve.ts";
import { keepAnswer, readKeptAnswer, withdrawAnswer } from "./write/kept-answers.ts";
import { settleArgument } from "./write/settle.ts";
import { PostgresShared } from "./shared/state.ts";
import { UnsureReservations } from "./write/unsure-reservations.ts";

export interface PostgresLedgerOptions {
  /** `postgres://…` */
  readonly url: string;
  /** `privacy.store_text`: whether prompts and answers are kept, or their sizes and hashes only. */
  readonly storeText: boolean;
  /** How long a call waits for the database, milliseconds; by default half a second, and longer for reports. */
  readonly waitMs?: number;
  /** `postgres://…` of a connection that may LISTEN: not through a pooler. */
  readonly listenUrl?: string;
}

/** Those who route wait by their own deadlines: a call of theirs only bridges a lost connection and the locks of others. */
const CALL_WAIT_MS = 500;
/** Who asks for a report has no deadline. */
const QUESTION_WAIT_MS = 10_000;
/** A reservation waits for what its attempt has left, but for so long at least. */
const LEAST_WAIT_MS = 100;

/**
 * The ledger in a Postgres database that any number of machines share. Touches nothing until the first call. Reading where no ledger was
 * created yet gives empty results and creates none. All methods throw `ledger_unavailable` when the database cannot be used, with
 * `retryAfterMs` where that may pass by itself.
 */
export function openPostgresLedger(
  options: PostgresLedgerOptions,
): Ledger & LedgerReader & { readonly shared: SharedState } {
  const { storeText } = options;
  const database = new Database(options.url);
  const call: DatabaseCall = { waitMs: options.waitMs ?? CALL_WAIT_MS };
  const soft: DatabaseCall = { ...call, isSoft: true };
  const questionMs = options.waitMs ?? QUESTION_WAIT_MS;
  const unsure = new UnsureReservations(database, call);
  const shared = new PostgresShared(database, call, options.listenUrl ?? null);
  return {
    shared,
    reserve: (input) => reserve(database, unsure, input, storeText, call.waitMs),
    hold: async (input) => holdResult(input.limits, await database.call<Granted>("hold", holdArgument(input), call)),
    release: (batchId) => database.tellIfThere("release", { batchId }, call),
    settle: async (attempt, end, news, lesson) => {
      const argument = settleArgument(attempt, end, storeText, news, lesson);
      const { known } = await database.call<{ known: boolean }>("settle", argument, call);
      if (known) return;
      throw new SignalboxError(
        "ledger_unavailable",
        `The ledger does not know the request of attempt ${attempt.attemptId}: it was replaced while the call ran`,
      );
    },
    renew: (ids, leaseUntilMs) => database.tellIfThere("renew", { ids, leaseUntilMs: wholeMs(leaseUntilMs) }, soft),
    answered: async (attemptId, costNanoUsd) => {
      checkedAmount(costNanoUsd, "What an attempt has cost");
      await database.tellIfThere("answered", { attemptId, costNanoUsd }, soft);
    },
    recordShadowRun: (run) => insertShadowRun(database, run, call.waitMs),
    finish: (request, end) =>
      database.tell("finish", { request: requestArgument(request, storeText), end: endArgument(end) }, call),
    recordOutcome: async (routeId, success, note, nowMs) =>
      (await database.exists(questionMs)) && recordOutcome(database, routeId, success, note, nowMs, questionMs),
    recent: async (limits, nowMs, task = null, batchId = null, principal = null) => {
      const argument = recentArgument(limits, nowMs, task, batchId, principal);
      const rows = await database.ask<RecentRows | null>(null, "recent", argument, call);
      return rows === null ? noRecent(limits) : recentFacts(limits, rows);
    },
    learned: (principal, task, from) => readLessons(database, principal, task, from, call.waitMs),
    exploredOn: (day) => database.read(0, (queries) => readExplored(queries, dayNumberOf(day)), call.waitMs),
    spend: async (query) => {
      const days = daysOf(query);
      return database.read(NO_SPEND, (queries) => readSpend(queries, query, days), questionMs);
    },
    endings: async ({ principal = null, ...query }) => {
      const days = daysOf(query);
      return database.read(NO_ENDINGS, (queries) => readEndings(queries, principal, days), questionMs);
    },
    history: (task, limit, principal) =>
      database.read([], (queries) => readHistory(queries, task, limit, principal), questionMs),
    reportedAnswers: (principal) => database.read([], (queries) => readReportedAnswers(queries, principal), questionMs),
    shadowRuns: async (query) => {
      const days = daysOf(query);
      return database.read([], (queries) => readShadowRuns(queries, query.principal ?? null, days), questionMs);
    },
    keepAnswer: (key, routeId, expiresAtMs, nowMs) =>
      keepAnswer(database, key, routeId, expiresAtMs, nowMs, call.waitMs),
    keptAnswer: (key, nowMs) => database.read(null, (queries) => readKeptAnswer(queries, key, nowMs), call.waitMs),
    withdrawAnswer: async (routeId) => {
      if (await database.exists(questionMs)) await withdrawAnswer(database, routeId, questionMs);
    },
    callerSavings: async (query) => {
      const days = daysOf(query);
      return database.read([], (queries) => readCallerSavings(queries, query, days), questionMs);
    },
    metrics: (model, principal = null) =>
      database.read(
        [],
        (queries) => (principal === null ? readMetrics(queries, model) : readOwnMetrics(queries, model, principal)),
        questionMs,
      ),
    route: (routeId) => database.read(null, (queries) => readRoute(queries, routeId), questionMs),
    outages: (nowMs) =>
      database.read(
        new Map(),
        async ({ all }) =>
          outagesOf(
            await all<OutageColumns>("SELECT * FROM signalbox.outages WHERE until_ms >= $1", [
              Math.ceil(nowMs - FORGOTTEN_MS),
            ]),
          ),
        questionMs,
      ),
    ended: (sinceMs, limit, principal) =>
      database.read([], (queries) => readEnded(queries, sinceMs, limit, principal), questionMs),
    claimNotice: async (key, untilMs, nowMs) => {
      const argument = { key, untilMs: wholeMs(untilMs), nowMs: wholeMs(nowMs) };
      return (await database.call<{ first: boolean }>("claim_notice", argument, call)).first;
    },
    recentRouteIds: (prefix, limit, principal = null) =>
      database.read([], (queries) => readRouteIds(queries, prefix, limit, principal), questionMs),
    recentDays: (prefix, limit, principal = null) =>
      database.read([], (queries) => readDays(queries, prefix, limit, principal), questionMs),
    running: (nowMs) => database.read([], (queries) => readRunning(queries, nowMs), questionMs),
    routeIdsBetween: (after, before, limit) =>
      database.read([], (queries) => readIdsBetween(queries, after, before, limit), questionMs),
    backup: async () => {
      const schema = await database.schema();
      throw new SignalboxError("invalid_request", `This ledger is in Postgres: pg_dump --schema=${schema} copies it`);
    },
    reset: async () => {
      const schema = await database.schema();
      throw new SignalboxError(
        "invalid_request",
        `This ledger is in Postgres, where others may use it: psql -c 'DROP SCHEMA "${schema}" CASCADE' deletes it`,
      );
    },
    prune: (order) => prune(database, order),
    prunedBefore: () => database.read(null, readPrunedBefore, questionMs),
    health: async (deep) => {
      const shown = await database.shown();
      return database.read(noHealth(shown), (queries, schema) => readHealth(queries, schema, shown, deep), questionMs);
    },
    close: () => {
      shared.close();
      database.close();
    },
  };
}

/** Waits no longer than the attempt may take. A reservation whose answer was lost may have been made: it is taken back later. */
async function reserve(
  database: Database,
  unsure: UnsureReservations,
  input: ReserveInput,
  storeText: boolean,
  mostMs: number,
): Promise<ReserveResult> {
  const callId = randomUUID();
  const argument = { ...reserveArgument(input, storeText), callId };
  const waitMs = Math.max(LEAST_WAIT_MS, Math.min(mostMs, input.endsByMs - input.nowMs));
  const { attemptId, request } = input;
  try {
    return reserveResult(input.limits, await database.call<Granted>("reserve", argument, { waitMs }));
  } catch (error) {
    if (error instanceof SignalboxError) unsure.add({ attemptId, callId, routeId: request.routeId });
    throw error;
  }
}

/** Counts a request on which the baseline was asked as well. Its id makes that a repeated call counts once. */
async function insertShadowRun(database: Database, run: ShadowRunRecord, waitMs: number): Promise<void> {
  const id = randomUUID();
  const values = [
    id,
    run.principal,
    run.task,
    dayNumberAt(run.startedAtMs),
    checkedAmount(run.oursNanoUsd, "What a request has cost"),
    checkedAmount(run.accepted ? run.baselineNanoUsd : 0, "What the baseline has cost"),
    checkedAmount(run.shadowNanoUsd, "What a shadow run has cost"),
  ];
  await database.write(
    ({ all }) =>
      all("INSERT INTO signalbox.shadow_runs VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING", values),
    waitMs,
  );
}
