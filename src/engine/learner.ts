import { dayOf } from "../core/budget.ts";
import type { EvidenceSource, MeasuredPrecision } from "../core/evidence.ts";
import type { Lessons, MeasuredTokens } from "../core/learning.ts";
import type { LedgerReader } from "../core/ledger-reader.ts";
import type { ModelId } from "../core/model.ts";
import type { NanoUsd } from "../core/money.ts";
import type { Snapshot } from "../core/planning.ts";
import type { Clock } from "../core/ports.ts";
import type { TaskId } from "../core/task.ts";
import type { PlanBasis } from "../planner/choose-plan.ts";
import { evidenceCosts } from "../planner/evidence-cost.ts";
import { learnedBasis } from "../planner/learned-basis.ts";
import { isProven } from "../planner/evidence-record.ts";
import { measuredTokens } from "../planner/measured-tokens.ts";
import type { PlanStep } from "../planner/plan-table.ts";
import { statisticsFromRow } from "../planner/statistics-rows.ts";
import type { ModelStatistics } from "../planner/statistics.ts";

/** What the learner needs of the world. */
export interface LearnerDeps {
  readonly reader: Pick<LedgerReader, "learned" | "exploredOn">;
  readonly clock: Clock;
  /** A random number, 0 (included) to 1. */
  random(): number;
  readonly exploration: ExplorationLimits;
}

/** From the config. */
export interface ExplorationLimits {
  /** Share of requests on which another plan may be tried. */
  readonly share: number;
  /** What that may cost a day beyond the plans that are thought best, expected. */
  readonly dayNanoUsd: NanoUsd;
}

/** What is known of a task for one principal, at one revision of the ledger. */
export interface KnownTask {
  readonly revision: number;
  readonly tokens: ReadonlyMap<ModelId, MeasuredTokens>;
  readonly guaranteeHolds: boolean;
  /** What was spent on bought evidence per answer, by model. */
  readonly evidenceNanoUsd: ReadonlyMap<ModelId, NanoUsd>;
  readonly evidence: Lessons["evidence"];
  /** Of the steps given, compiled once for each list of models. */
  basisOf(steps: readonly PlanStep[], minQuality: number): PlanBasis;
}

/** What was learned is read again when this share of it is new: a hundred requests are read at every second one, then ever more seldom. */
const NEWS_SHARE = 50;
/** So many tasks of principals are kept; the one that was asked for longest ago goes first. */
const MOST_KEPT = 256;

/**
 * What requests have taught, as plans need it. The first plan for a task reads it from the ledger; afterwards it is read again beside
 * the requests, so that a plan may be some requests behind. Nothing of one principal is ever given to another.
 */
export class Learner {
  readonly #deps: LearnerDeps;
  readonly #known = new Map<string, KnownTask>();
  readonly #refreshing = new Set<string>();
  /** What this process has drawn to try out, on one day. */
  #drawn: { readonly day: string; readonly nanoUsd: NanoUsd } = { day: "", nanoUsd: 0 };

  constructor(deps: LearnerDeps) {
    this.#deps = deps;
  }

  get exploration(): ExplorationLimits {
    return this.#deps.exploration;
  }

  random(): number {
    return this.#deps.random();
  }

  /** Throws `ledger_unavailable`. */
  async of(principal: string | null, task: TaskId): Promise<KnownTask> {
    const key = keyOf(principal, task);
    const known = this.#known.get(key);
    return known ?? this.#read(key, principal, task, null);
  }

  /** The snapshot with what was measured of the task's tokens. */
  async inform(snapshot: Snapshot, principal: string | null, task: TaskId): Promise<Snapshot> {
    return { ...snapshot, tokens: (await this.of(principal, task)).tokens };
  }

  /** Reads again what may have changed, beside the running requests. A ledger that cannot be read now is read another time. */
  refresh(principal: string | null, task: TaskId): void {
    const key = keyOf(principal, task);
    const known = this.#known.get(key);
    if (known === undefined || this.#refreshing.has(key)) return;
    this.#refreshing.add(key);
    void this.#read(key, principal, task, known)
      .catch(() => undefined)
      .finally(() => this.#refreshing.delete(key));
  }

  /** What callers' words say of bought evidence, as far as it was read; `null`: nothing. */
  precisionOf({ principal, task, basis, models, minQuality }: EvidenceSource): MeasuredPrecision | null {
    const named = models.join(" ");
    const record = this.#known
      .get(keyOf(principal, task))
      ?.evidence.find((each) => each.basis === basis && each.models.join(" ") === named);
    if (record === undefined) return null;
    const { times, right, recentTimes, recentRight } = record;
    const recentShare = recentTimes > 0 ? recentRight / recentTimes : 0;
    return { times, right, recentShare, isEnough: isProven(record, minQuality) };
  }

  /** What trying out other plans has cost today by the ledger. Throws `ledger_unavailable`. */
  exploredToday(): Promise<NanoUsd> {
    const { reader, clock } = this.#deps;
    return reader.exploredOn(dayOf(clock.nowMs()));
  }

  /**
   * What may still be spent today on trying out other plans, by the ledger's sum and by what this process has drawn: the ledger counts
   * a plan only once its first call is reserved.
   */
  explorationLeft(exploredTodayNanoUsd: NanoUsd): NanoUsd {
    const drawnNanoUsd = this.#drawn.day === dayOf(this.#deps.clock.nowMs()) ? this.#drawn.nanoUsd : 0;
    return Math.max(0, this.exploration.dayNanoUsd - Math.max(exploredTodayNanoUsd, drawnNanoUsd));
  }

  /** A plan that costs so much more is tried out. */
  drew(extraNanoUsd: NanoUsd): void {
    const day = dayOf(this.#deps.clock.nowMs());
    this.#drawn = { day, nanoUsd: (this.#drawn.day === day ? this.#drawn.nanoUsd : 0) + extraNanoUsd };
  }

  async #read(key: string, principal: string | null, task: TaskId, known: KnownTask | null): Promise<KnownTask> {
    const from = known === null ? 0 : known.revision + Math.max(1, Math.floor(known.revision / NEWS_SHARE));
    const lessons = await this.#deps.reader.learned(principal, task, from);
    const next = lessons === null ? known : knownTask(task, lessons);
    if (next === null) throw new Error(`the ledger says nothing new of ${task}, of which nothing was known`);
    this.#known.delete(key);
    this.#known.set(key, next);
    const [oldest] = this.#known.keys();
    if (this.#known.size > MOST_KEPT && oldest !== undefined) this.#known.delete(oldest);
    return next;
  }
}

const keyOf = (principal: string | null, task: TaskId): string => JSON.stringify([principal, task]);

function knownTask(
  task: TaskId,
  { revision, statistics: rows, requests, evidence, guaranteeHolds }: Lessons,
): KnownTask {
  const statistics = rows.flatMap((row): ModelStatistics[] => {
    const one = statisticsFromRow(row);
    return one === null ? [] : [one];
  });
  const compiled = new Map<string, PlanBasis>();
  return {
    revision,
    tokens: measuredTokens(task, statistics),
    guaranteeHolds,
    evidenceNanoUsd: evidenceCosts(requests),
    evidence,
    basisOf(steps, minQuality) {
      const key = JSON.stringify([minQuality, ...steps.map(({ id, priorQuality }) => [id, priorQuality])]);
      const found = compiled.get(key);
      if (found !== undefined) return found;
      const basis = learnedBasis(steps, { task, statistics, requests }, minQuality);
      // A caller that asks with ever other models or thresholds must not fill the memory.
      if (compiled.size >= MOST_COMPILED) compiled.clear();
      compiled.set(key, basis);
      return basis;
    },
  };
}

/** Lists of models, and thresholds, of one task. */
const MOST_COMPILED = 16;
