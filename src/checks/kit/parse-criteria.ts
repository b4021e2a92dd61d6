import type { z } from "zod";
import { didYouMean } from "./suggest.ts";
import type { Criterion, CriterionKind } from "./criterion.ts";
import { KINDS } from "./criterion-kinds.ts";
import { defaultName } from "./criterion-words.ts";

/** A criterion, and where the caller wrote it: `accept[2]`. */
export interface PlacedCriterion {
  readonly field: CriteriaField;
  readonly path: string;
  readonly criterion: Criterion;
}

/** The valid criteria, and the problems of the others, each with its path. */
export interface ParsedCriteria {
  readonly criteria: readonly PlacedCriterion[];
  readonly problems: readonly string[];
}

/** `accept` of a tool call; `context.tests`, its older name, in which a bare string is an assertion; or what a model wrote from a prompt. */
export type CriteriaField = "accept" | "context.tests" | "written_tests";

const MOST_CRITERIA = 50;
const MOST_CRITERION_CHARS = 50_000;
const MOST_NAME_CHARS = 100;

const KIND_OF_KEY = new Map(
  Object.entries(KINDS).flatMap(([kind, { keys }]) => keys.map((key) => [key, kind as CriterionKind] as const)),
);
/** The message for a criterion without a kind. The kinds themselves are listed only once, after all messages. */
const KINDLESS = "says nothing that can be checked";
const KEYS = [...KIND_OF_KEY.keys()];

/** All that a request wants of its answer: `accept`, and the `tests` of its context. */
export function criteriaOf(request: { readonly accept?: unknown; readonly context?: unknown }): ParsedCriteria {
  const { accept, context } = request;
  const older =
    typeof context === "object" && context !== null ? (Reflect.get(context, "tests") as unknown) : undefined;
  const lists = [parseCriteria(accept, "accept"), parseCriteria(older, "context.tests")];
  const criteria = lists.flatMap((list) => list.criteria);
  const problems = lists.flatMap((list) => list.problems);
  return criteria.length > MOST_CRITERIA
    ? {
        criteria,
        problems: [...problems, `accept and context.tests hold ${criteria.length} criteria; at most ${MOST_CRITERIA}`],
      }
    : { criteria, problems };
}

/** Reads a list of criteria, or one alone. */
export function parseCriteria(raw: unknown, field: CriteriaField): ParsedCriteria {
  if (raw === undefined || raw === null) return { criteria: [], problems: [] };
  const list: readonly unknown[] = Array.isArray(raw) ? raw : [raw];
  if (list.length === 0 && field === "accept") {
    return { criteria: [], problems: ["accept is an empty list: name at least one criterion, or leave it out"] };
  }
  if (list.length > MOST_CRITERIA) {
    return { criteria: [], problems: [`${field} holds ${list.length} criteria; at most ${MOST_CRITERIA}`] };
  }
  const criteria: PlacedCriterion[] = [];
  const problems: string[] = [];
  for (const [index, each] of list.entries()) {
    const path = `${field}[${index}]`;
    const isAssertion = field === "context.tests" && typeof each === "string";
    const parsed = parseCriterion(isAssertion ? { assert: each } : each, path, `${LABELS[field]} ${index + 1}`);
    if (parsed.ok) criteria.push({ field, path, criterion: parsed.criterion });
    else problems.push(...parsed.problems);
  }
  if (problems.some((problem) => problem.includes(KINDLESS)))
    problems.push(`a criterion holds one of ${KEYS.join(", ")}`);
  return { criteria, problems };
}

const LABELS: Readonly<Record<CriteriaField, string>> = {
  accept: "accept",
  "context.tests": "test",
  written_tests: "written test",
};

type ParsedCriterion =
  | { readonly ok: true; readonly criterion: Criterion }
  | { readonly ok: false; readonly problems: readonly string[] };

function parseCriterion(raw: unknown, path: string, label: string): ParsedCriterion {
  const refuse = (...problems: readonly string[]): ParsedCriterion => ({ ok: false, problems });
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) {
    return refuse(`${path} must be an object such as ${KINDS.contains.example}`);
  }
  const size = sizeOf(raw);
  if (size === null) return refuse(`${path} is nested too deeply`);
  if (size > MOST_CRITERION_CHARS) return refuse(`${path} is longer than ${MOST_CRITERION_CHARS} characters`);
  const { name, ...requirement } = raw as Readonly<Record<string, unknown>>;
  if ("command" in requirement) {
    return refuse(`${path}.command is refused: programs come from the config (tasks[].checks) alone`);
  }
  const kinds = [...new Set(Object.keys(requirement).flatMap((key) => KIND_OF_KEY.get(key) ?? []))];
  const [kind] = kinds;
  if (kind === undefined) {
    const hint =
      Object.keys(requirement)
        .map((key) => didYouMean(key, KEYS))
        .find((each) => each !== "") ?? "";
    return refuse(`${path} ${KINDLESS}${hint}`);
  }
  if (kinds.length > 1) return refuse(`${path} holds ${kinds.join(" and ")}: give each a criterion of its own`);
  const named = name === undefined || isName(name);
  const parsed = readCriterion(kind, requirement, "");
  const problems = [
    ...(named ? [] : [`${path}.name must be a text of 1 to ${MOST_NAME_CHARS} characters`]),
    ...(parsed.ok
      ? []
      : parsed.issues.map(({ at, message }) => `${path}${at} ${message} (write ${KINDS[kind].example})`)),
  ];
  if (!parsed.ok || problems.length > 0) return { ok: false, problems };
  const ownName = typeof name === "string" ? name.replace(/\s+/g, " ").trim() : defaultName(label, parsed.criterion);
  return { ok: true, criterion: { ...parsed.criterion, name: ownName } };
}

/** A criterion of one kind; or what is wrong with it: where in it (`.element.role`), and a message that continues the path. */
export type ReadCriterion =
  | { readonly ok: true; readonly criterion: Criterion }
  | { readonly ok: false; readonly issues: readonly CriterionIssue[] };
interface CriterionIssue {
  readonly at: string;
  readonly message: string;
}

export function readCriterion(
  kind: CriterionKind,
  requirement: Readonly<Record<string, unknown>>,
  name: string,
): ReadCriterion {
  const parsed = KINDS[kind].schema.safeParse(requirement);
  if (parsed.success) return { ok: true, criterion: { ...parsed.data, name } as Criterion };
  return { ok: false, issues: parsed.error.issues.flatMap((issue) => issuesOf(issue, requirement, KINDS[kind].known)) };
}

function issuesOf(issue: z.core.$ZodIssue, requirement: unknown, known: readonly string[]): readonly CriterionIssue[] {
  const at = issue.path.map((step) => (typeof step === "number" ? `[${step}]` : `.${String(step)}`)).join("");
  if (issue.code === "unrecognized_keys") {
    const unknown = (key: string): string => `has no key ${JSON.stringify(key.slice(0, 40))}${didYouMean(key, known)}`;
    return issue.keys.map((key) => ({ at, message: unknown(key) }));
  }
  const value = issue.path.reduce<unknown>((inner, key) => Reflect.get(Object(inner), key), requirement);
  return [{ at, message: messageOf(issue, value) }];
}

function messageOf(issue: z.core.$ZodIssue, value: unknown): string {
  if (issue.code === "invalid_value")
    return `must be ${issue.values.map(String).join(" or ")}, got ${formatted(value)}`;
  if (issue.code !== "invalid_type") return issue.message;
  return value === undefined
    ? "is missing"
    : `must be ${TYPES.get(issue.expected) ?? issue.expected}, got ${formatted(value)}`;
}

const TYPES: ReadonlyMap<string, string> = new Map(
  Object.entries<string>({
    string: "a text",
    array: "a list",
    object: "an object",
    record: "an object",
    int: "a whole number",
    number: "a number",
  }),
);

function formatted(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "an object";
  return typeof value === "string" ? `the text ${JSON.stringify(value.slice(0, 40))}` : String(value);
}

function isName(name: unknown): boolean {
  return typeof name === "string" && name.trim() !== "" && name.length <= MOST_NAME_CHARS;
}

/** Its length as JSON, in characters; `null`: it cannot be written as JSON. */
function sizeOf(raw: object): number | null {
  try {
    return JSON.stringify(raw).length;
  } catch {
    return null;
  }
}
