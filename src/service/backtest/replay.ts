import type { Interval, PolicyGain, PolicyOutcome } from "../../core/backtest.ts";
import { evaluatePolicy, type LoggedDecision, type PolicyEvaluation } from "../../planner/off-policy.ts";
import type { RecordedRequest, RecordedStep } from "./recorded.ts";

/** The policy of one task, as far as it can be replayed. */
export interface ReplayPolicy {
  readonly order: readonly string[];
  readonly minQuality: number;
  /** What becomes of an unchecked answer in the end. Evidence that was bought counts by the verdict that it led to. */
  readonly onUnchecked: "accept" | "next";
}

interface ReplayedRequest {
  readonly costUsd: number;
  readonly quality: number;
  /** A step that only a shadow run recorded. */
  readonly shadow: string | null;
}

/** What a policy does on one past request; or the model that it would ask and of which nothing was recorded there. */
type Replayed =
  | { readonly known: true; readonly played: ReplayedRequest }
  | { readonly known: false; readonly model: string };

function replay(policy: ReplayPolicy, request: RecordedRequest): Replayed {
  let [costUsd, shadow, last]: [number, string | null, RecordedStep | null] = [0, null, null];
  for (const model of policy.order) {
    const step = request.steps.get(model);
    if (step === undefined) return { known: false, model };
    costUsd += step.costUsd;
    if (step.isShadow) shadow = model;
    last = step;
    if (accepts(policy, step)) return { known: true, played: { costUsd, quality: step.quality, shadow } };
  }
  const quality = last === null ? 0 : request.unacceptedQuality(last);
  return { known: true, played: { costUsd, quality, shadow } };
}

function accepts({ minQuality, onUnchecked }: ReplayPolicy, { verdict, score }: RecordedStep): boolean {
  if (verdict === "failed" || (score !== null && score < minQuality)) return false;
  return verdict === "verified" || onUnchecked !== "next";
}

type Reward = (played: ReplayedRequest) => number;

/** A policy on past requests, ready to be evaluated for any reward. */
export class Replay {
  readonly policy: ReplayPolicy;
  readonly requests: readonly RecordedRequest[];
  readonly replays: readonly Replayed[];
  /** By model: on which share of the requests where it could be a shadow it was one. */
  readonly #shadowShares = new Map<string, number>();

  /** `asDone`: the policy is the one that was followed, so that what was done is taken as it is. */
  constructor(policy: ReplayPolicy, requests: readonly RecordedRequest[], asDone = false) {
    this.policy = policy;
    this.requests = requests;
    this.replays = requests.map((request) =>
      asDone && request.done !== null
        ? { known: true, played: { ...request.done, shadow: null } }
        : replay(policy, request),
    );
    for (const model of policy.order) this.#shadowShares.set(model, shadowShare(model, requests));
  }

  /** What the policy comes to, per request. */
  outcome(): PolicyOutcome {
    const { order } = this.policy;
    const [quality, cost] = [this.evaluate(({ quality }) => quality), this.evaluate(({ costUsd }) => costUsd)];
    if (quality.kind === "refused") return { estimated: false, order, refused: quality.reason };
    if (cost.kind === "refused") return { estimated: false, order, refused: cost.reason };
    return {
      estimated: true,
      order,
      method: quality.replayed === quality.requests ? "replay" : "doubly_robust",
      quality: quality.doublyRobust,
      cost_usd: cost.doublyRobust,
      snips: { quality: quality.snips, cost_usd: cost.snips },
      effective_requests: quality.effectiveRequests,
    };
  }

  /** The mean reward of the policy. `minus`: by request, what is taken off, such as what another policy comes to there. */
  evaluate(reward: Reward, minus: readonly number[] = []): PolicyEvaluation {
    const values = this.replays.map((each, index) => (each.known ? reward(each.played) - (minus[index] ?? 0) : null));
    const expected = this.#expected(values);
    return evaluatePolicy(this.replays.map((each, index) => this.#decision(each, index, values[index] ?? 0, expected)));
  }

  /** How much less this policy costs than another on the same requests, and how much righter it is. */
  gainOver(other: Replay): PolicyGain | null {
    // A pair is compared on a request where both are known; where the other one is not, nothing can be said of the difference.
    if (other.replays.some(({ known }) => !known)) return this.#gainApart(other);
    const theirs = other.replays.map((each) => (each.known ? each.played : { costUsd: 0, quality: 0, shadow: null }));
    const cost = this.evaluate(
      ({ costUsd }) => costUsd,
      theirs.map(({ costUsd }) => costUsd),
    );
    const quality = this.evaluate(
      ({ quality }) => quality,
      theirs.map(({ quality }) => quality),
    );
    if (cost.kind === "refused" || quality.kind === "refused") return null;
    const { value, low, high } = cost.doublyRobust;
    const spent = theirs.reduce((sum, { costUsd }) => sum + costUsd, 0) / theirs.length;
    return {
      saved_usd: { value: -value, low: -high, high: -low },
      saved_share: spent > 0 ? -value / spent : null,
      quality: quality.doublyRobust,
    };
  }

  /** Both are estimates: their intervals add up as if they were independent, which is too wide rather than too narrow when they move together. */
  #gainApart(other: Replay): PolicyGain | null {
    const [mine, theirs] = [this.outcome(), other.outcome()];
    if (!mine.estimated || !theirs.estimated) return null;
    const saved = difference(theirs.cost_usd, mine.cost_usd);
    return {
      saved_usd: saved,
      saved_share: theirs.cost_usd.value > 0 ? saved.value / theirs.cost_usd.value : null,
      quality: difference(mine.quality, theirs.quality),
    };
  }

  #decision(each: Replayed, index: number, reward: number, expected: Readonly<Record<string, number>>): LoggedDecision {
    if (each.known && each.played.shadow === null) {
      return {
        action: RECORDED,
        probability: 1,
        reward,
        target: { [RECORDED]: 1 },
        expected,
        recorded: { [RECORDED]: reward },
      };
    }
    const model = each.known ? (each.played.shadow ?? "") : each.model;
    const share = this.#shadowShares.get(model) ?? 0;
    const target = { [asking(model)]: 1 };
    if (each.known) return { action: asking(model), probability: share, reward, target, expected };
    // A shadow might have been drawn here, and was not: requests on which it was stand for this one.
    if (share > 0 && share < 1 && this.requests[index]?.mayShadow === true) {
      return { action: RECORDED, probability: 1 - share, reward: 0, target, expected };
    }
    return { action: RECORDED, probability: 1, reward: 0, target: { [`${asking(model)} there`]: 1 }, expected };
  }

  /** A model of the rewards: the mean over requests on which a shadow was drawn. */
  #expected(values: readonly (number | null)[]): Readonly<Record<string, number>> {
    const found = new Map<string, number[]>();
    for (const [index, each] of this.replays.entries()) {
      const value = values[index];
      if (!each.known || each.played.shadow === null || value == null) continue;
      const name = asking(each.played.shadow);
      const list = found.get(name);
      if (list === undefined) found.set(name, [value]);
      else list.push(value);
    }
    return Object.fromEntries([...found].map(([name, list]) => [name, list.reduce((a, b) => a + b, 0) / list.length]));
  }
}

/** All that the policy does was recorded. */
const RECORDED = "what was done";

function asking(model: string): string {
  return `asking ${model}`;
}

function shadowShare(model: string, requests: readonly RecordedRequest[]): number {
  const might = requests.filter(({ mayShadow, steps }) => mayShadow && steps.get(model)?.isShadow !== false);
  return might.length === 0 ? 0 : might.filter(({ steps }) => steps.has(model)).length / might.length;
}

function difference(a: Interval, b: Interval): Interval {
  const value = a.value - b.value;
  const half = Math.hypot((a.high - a.low) / 2, (b.high - b.low) / 2);
  return { value, low: value - half, high: value + half };
}
