import type { Evidence, Finding, Measured } from "./check-result.ts";
import { PARSE_MAX_CHARS, unmade, type Check, type CheckOutcome, type Subject } from "./check.ts";
import type { Rule } from "./rule.ts";

/** The answer as a check has read it, or why it could not be read; `null`: it holds nothing for this check. */
export type Reading<Input> = { readonly input: Input } | { readonly unmade: string } | null;

/** What a check reports besides the findings of its rules. */
export interface Conclusion {
  readonly evidence?: readonly Evidence[];
  readonly looked?: string;
  readonly unmade?: string;
  readonly measured?: Measured;
}

/** A check that reads an answer once and applies its rules to it. */
export interface RuleCheckSpec<Input> {
  readonly name: string;
  readonly maxChars?: number;
  readonly timeoutMs?: number;
  applies?(subject: Subject): boolean;
  read(subject: Subject, signal: AbortSignal): Reading<Input> | Promise<Reading<Input>>;
  readonly rules: readonly Rule<Input>[];
  /** Called with what the rules found. */
  conclude?(input: Input, findings: readonly Finding[], signal: AbortSignal): Conclusion | Promise<Conclusion>;
}

/** Makes a check from rules. A rule that throws is reported as "could not be made"; the others are still applied. */
export function ruleCheck<Input>(spec: RuleCheckSpec<Input>): Check {
  const { name, maxChars = PARSE_MAX_CHARS, timeoutMs, rules } = spec;
  return {
    name,
    maxChars,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(spec.applies === undefined ? {} : { applies: (subject: Subject) => spec.applies?.(subject) === true }),
    rules,
    run: async (subject, signal) => runRules(spec, subject, signal),
  };
}

async function runRules<Input>(
  spec: RuleCheckSpec<Input>,
  subject: Subject,
  signal: AbortSignal,
): Promise<CheckOutcome> {
  const reading = await spec.read(subject, signal);
  if (reading === null) return null;
  if ("unmade" in reading) return unmade(reading.unmade);
  const findings: Finding[] = [];
  const broken: string[] = [];
  for (const rule of spec.rules) {
    try {
      const violations = await rule.run(reading.input, signal);
      findings.push(...violations.map((violation) => findingOf(rule, violation)));
    } catch (error) {
      broken.push(`${rule.id} broke: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  const conclusion = (await spec.conclude?.(reading.input, findings, signal)) ?? {};
  const open = [...broken, ...(conclusion.unmade === undefined ? [] : [conclusion.unmade])];
  return {
    evidence: [],
    ...conclusion,
    findings,
    ...(open.length === 0 ? {} : { unmade: open.join("; ") }),
  };
}

function findingOf<Input>(
  { id, severity, certainty }: Rule<Input>,
  violation: Awaited<ReturnType<Rule<Input>["run"]>>[number],
): Finding {
  return { rule: id, severity, certainty, ...violation };
}
