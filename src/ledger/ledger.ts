import { isPostgresUrl } from "../core/ledger-address.ts";
import type { Ledger } from "../core/ports.ts";
import type { LedgerReader } from "../core/ledger-reader.ts";
import type { SharedState } from "../core/shared-state.ts";
import { noRecent } from "./common/no-recent.ts";
import { NO_ENDINGS } from "./common/endings.ts";
import { daysOf, NO_SPEND } from "./common/spend.ts";
import { openPostgresLedger } from "./postgres/ledger.ts";
import { dayText } from "./units.ts";
import { LedgerFile } from "./sqlite/db/file.ts";
import { hold, release } from "./sqlite/write/batch-holds.ts";
import { recordOutcome } from "./sqlite/write/requests.ts";
import { prune } from "./sqlite/prune/prune.ts";
import { readPrunedBefore } from "./sqlite/prune/step.ts";
import { noHealth, readHealth } from "./sqlite/read/health.ts";
import { readEnded } from "./sqlite/read/ended-requests.ts";
import { readHistory } from "./sqlite/read/history.ts";
import { readDays, readRouteIds } from "./sqlite/read/completions.ts";
import { NO_LESSONS, readExplored, readLessons } from "./sqlite/read/lessons.ts";
import { readReportedAnswers } from "./sqlite/read/reported-answers.ts";
import { readMetrics } from "./sqlite/read/metrics.ts";
import { readOwnMetrics } from "./sqlite/read/principal-metrics.ts";
import { readEndings } from "./sqlite/read/endings.ts";
import { readRecent } from "./sqlite/read/recent.ts";
import { NO_OUTAGES, readOutages } from "./sqlite/write/outages.ts";
import { readRoute } from "./sqlite/read/route.ts";
import { readCallerSavings } from "./sqlite/read/caller-savings.ts";
import { backup, reset } from "./sqlite/copy.ts";
import { readIdsBetween, readRunning } from "./sqlite/read/running.ts";
import { readSpend } from "./sqlite/read/spend.ts";
import { keepAnswer, readKeptAnswer, withdrawAnswer } from "./sqlite/write/kept-answers.ts";
import { claimNotice } from "./sqlite/write/notices.ts";
import { insertShadowRun, readShadowRuns } from "./sqlite/write/shadow-runs.ts";
import { answered, renew, reserve } from "./sqlite/write/reserve.ts";
import { finish, settle } from "./sqlite/write/settle.ts";

export interface LedgerOptions {
  /** Path of the SQLite file; ":memory:" for a ledger that ends with the process; `postgres://…` for one that many machines share. */
  readonly path: string;
  /** `privacy.store_text`: whether prompts and answers are kept, or their sizes and hashes only. */
  readonly storeText: boolean;
  /** How long a call waits for other processes that write, or for the database, milliseconds; by default a short while, see below. */
  readonly busyTimeoutMs?: number;
  /** Of a ledger in Postgres: the address of a connection that may LISTEN, not through a pooler. */
  readonly listenUrl?: string | null;
  /** Is told what a person should know about a file that can be used: who else may read it. */
  readonly warn?: (message: string) => void;
}

/** `shared`: what instances share beside it; absent for a file, which processes of one machine use. */
type OpenedLedger = Ledger & LedgerReader & { readonly shared?: SharedState };

/** Those who route wait by their own deadlines: a call of theirs only bridges the writes of other processes. */
const CALL_WAIT_MS = 250;
/** Who asks for a report has no deadline. */
const QUESTION_WAIT_MS = 2000;

/**
 * The ledger in a SQLite file that any number of processes share. Touches nothing until the first call. Reading a file that does
 * not exist yet gives empty results and does not create it. All methods throw `ledger_unavailable` when the file cannot be used, with
 * `retryAfterMs` while another program holds it.
 */
export function openLedger(options: LedgerOptions): OpenedLedger {
  const { storeText, busyTimeoutMs, warn = () => undefined } = options;
  if (isPostgresUrl(options.path)) {
    return openPostgresLedger({
      url: options.path,
      storeText,
      ...(options.listenUrl == null ? {} : { listenUrl: options.listenUrl }),
      ...(busyTimeoutMs === undefined ? {} : { waitMs: busyTimeoutMs }),
    });
  }
  const file = new LedgerFile(options.path, busyTimeoutMs ?? QUESTION_WAIT_MS, warn);
  const callMs = busyTimeoutMs ?? CALL_WAIT_MS;
  return {
    reserve: (input) => file.write((connection) => reserve(connection, input, storeText), callMs),
    hold: (input) => file.write((connection) => hold(connection, input), callMs),
    release: (batchId) => file.writeIfThere(undefined, (connection) => release(connection, batchId), callMs),
    settle: (attempt, end, news, lesson) =>
      file.write((connection) => settle(connection, attempt, end, storeText, news, lesson), callMs),
    renew: (ids, leaseUntilMs) =>
      file.writeIfThere(undefined, (connection) => renew(connection, ids, leaseUntilMs), callMs),
    answered: (attemptId, costNanoUsd) =>
      file.writeIfThere(undefined, (connection) => answered(connection, attemptId, costNanoUsd), callMs),
    recordShadowRun: (run) => file.write((connection) => insertShadowRun(connection, run), callMs),
    finish: (request, end) => file.write((connection) => finish(connection, request, end, storeText), callMs),
    recordOutcome: (routeId, success, note, nowMs) =>
      file.writeIfThere(false, (connection) => recordOutcome(connection, routeId, success, note, nowMs)),
    recent: (limits, nowMs, task = null, batchId = null, principal = null) =>
      file.read(
        noRecent(limits),
        (connection) => readRecent(connection, limits, nowMs, task, batchId, principal),
        callMs,
      ),
    learned: (principal, task, from) =>
      file.read(from > 0 ? null : NO_LESSONS, (connection) => readLessons(connection, principal, task, from), callMs),
    exploredOn: (day) => file.read(0, (connection) => readExplored(connection, day), callMs),
    spend: async (query) => {
      const days = daysOf(query);
      return file.read(NO_SPEND, (connection) => readSpend(connection, query, days));
    },
    endings: async ({ principal = null, ...query }) => {
      const days = daysOf(query);
      return file.read(NO_ENDINGS, (connection) => readEndings(connection, principal, days));
    },
    history: (task, limit, principal) => file.read([], (connection) => readHistory(connection, task, limit, principal)),
    reportedAnswers: (principal) => file.read([], (connection) => readReportedAnswers(connection, principal)),
    shadowRuns: async (query) => {
      const days = daysOf(query);
      return file.read([], (connection) => readShadowRuns(connection, query.principal ?? null, days));
    },
    keepAnswer: (key, routeId, expiresAtMs, nowMs) =>
      file.write((connection) => keepAnswer(connection, key, routeId, expiresAtMs, nowMs), callMs),
    keptAnswer: (key, nowMs) => file.read(null, (connection) => readKeptAnswer(connection, key, nowMs), callMs),
    withdrawAnswer: (routeId) => file.writeIfThere(undefined, (connection) => withdrawAnswer(connection, routeId)),
    callerSavings: async (query) => {
      const days = daysOf(query);
      return file.read([], (connection) => readCallerSavings(connection, query, days));
    },
    metrics: (model, principal = null) =>
      file.read([], (connection) =>
        principal === null ? readMetrics(connection, model) : readOwnMetrics(connection, model, principal),
      ),
    route: (routeId) => file.read(null, (connection) => readRoute(connection, routeId)),
    outages: (nowMs) => file.read(NO_OUTAGES, (connection) => readOutages(connection, nowMs)),
    ended: (sinceMs, limit, principal) =>
      file.read([], (connection) => readEnded(connection, sinceMs, limit, principal)),
    claimNotice: (key, untilMs, nowMs) =>
      file.write((connection) => claimNotice(connection, key, untilMs, nowMs), callMs),
    recentRouteIds: (prefix, limit, principal = null) =>
      file.read([], (connection) => readRouteIds(connection, prefix, limit, principal)),
    recentDays: (prefix, limit, principal = null) =>
      file.read([], (connection) => readDays(connection, prefix, limit, principal)),
    running: (nowMs) => file.read([], (connection) => readRunning(connection, nowMs)),
    routeIdsBetween: (after, before, limit) =>
      file.read([], (connection) => readIdsBetween(connection, after, before, limit)),
    backup: (to) => backup(file, to),
    reset: async () => reset(file),
    prune: (order) => prune(file, order),
    prunedBefore: () =>
      file.read(null, (connection) => {
        const day = readPrunedBefore(connection);
        return day === null ? null : dayText(day);
      }),
    health: (deep) => file.read(noHealth(file.path), (connection) => readHealth(connection, file.path, deep)),
    close: () => file.close(),
  };
}
