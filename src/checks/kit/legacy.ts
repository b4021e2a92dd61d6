import type { Check, CheckOutcome, Subject } from "./check.ts";

/** TRANSITIONAL: the shape of checks before there were rules. Goes when the last check is ported. */
export interface Extras {
  readonly repair?: string;
  readonly evidence?: Readonly<Record<string, unknown>>;
}
export type LegacyOutcome =
  | ({ readonly checked: true; readonly passed: boolean; readonly score: number; readonly detail: string } & Extras)
  | { readonly checked: false; readonly reason: string };
export interface LegacyCheck {
  readonly name: string;
  readonly kind: "gate" | "graded";
  readonly cap?: number;
  readonly maxChars: number;
  readonly timeoutMs?: number;
  applies?(subject: Subject): boolean;
  run(subject: Subject, signal: AbortSignal): LegacyOutcome | Promise<LegacyOutcome>;
}
export const pass = (detail: string, extras: Extras = {}): LegacyOutcome => ({
  checked: true,
  passed: true,
  score: 1,
  detail,
  ...extras,
});
export const fail = (detail: string, extras: Extras = {}): LegacyOutcome => ({
  checked: true,
  passed: false,
  score: 0,
  detail,
  ...extras,
});
export const failToMend = (problem: string): LegacyOutcome => fail(problem, { repair: problem });
export const graded = (score: number, detail: string, extras: Extras = {}): LegacyOutcome => ({
  checked: true,
  passed: score >= 0.75,
  score: Math.min(1, Math.max(0, score)),
  detail,
  ...extras,
});
export const notChecked = (reason: string): LegacyOutcome => ({ checked: false, reason });
export function legacy(old: LegacyCheck): Check & { legacyRun: LegacyCheck["run"] } {
  const { name, kind, maxChars, timeoutMs } = old;
  return {
    name,
    maxChars,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(old.applies === undefined ? {} : { applies: (subject: Subject) => old.applies?.(subject) === true }),
    legacyRun: old.run,
    async run(subject, signal): Promise<CheckOutcome> {
      const out = await old.run(subject, signal);
      if (!out.checked) return { findings: [], evidence: [], looked: `${name}: ${out.reason}` };
      if (out.passed) return { findings: [], evidence: [], looked: name };
      const certainty = kind === "gate" ? ("fact" as const) : ("hint" as const);
      const repair = { repair: out.repair ?? null };
      return {
        findings: [{ rule: `legacy/${name}`, certainty, severity: "serious", message: out.detail, ...repair }],
        evidence: [],
      };
    },
  };
}
