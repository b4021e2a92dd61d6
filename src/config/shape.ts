import { z } from "zod";
import { didYouMean } from "../checks/kit/suggest.ts";
import { ConfigFile } from "./file.ts";
import type { Path, Problems } from "./problem.ts";
import { looksLikeKey } from "./secrets.ts";

type Issue = z.core.$ZodIssue;

/**
 * Checks the file against its schema and tells every problem. What comes back is the file without its broken parts, so that
 * the rest can still be checked for what no schema sees.
 */
export function readShape(value: unknown, problems: Problems): ConfigFile {
  const first = ConfigFile.safeParse(value);
  if (first.success) return first.data;
  for (const issue of first.error.issues) tell(issue, [], value, problems);

  const rest = structuredClone(value);
  // Each round takes out what is broken; a part that is missing takes its parent with it, so that this comes to an end.
  for (
    let parsed: ReturnType<typeof ConfigFile.safeParse> = first;
    !parsed.success;
    parsed = ConfigFile.safeParse(rest)
  ) {
    if (typeof rest !== "object" || rest === null || Array.isArray(rest)) return {};
    for (const issue of parsed.error.issues) {
      if (issue.code === "unrecognized_keys") for (const key of issue.keys) takeOut(rest, [...steps(issue.path), key]);
      else takeOut(rest, steps(issue.path));
    }
  }
  return ConfigFile.parse(rest);
}

function tell(issue: Issue, base: Path, root: unknown, problems: Problems): void {
  const path = [...base, ...steps(issue.path)];
  if (issue.code === "unrecognized_keys") {
    const known = keysAt(path);
    const expected = known.length === 0 ? "no such key" : `one of ${known.join(", ")}`;
    for (const key of issue.keys) problems.add([...path, key], `is not a known key${didYouMean(key, known)}`, expected);
    return;
  }
  if (issue.code === "invalid_union") {
    const inside = issue.errors.find((branch) =>
      branch.some((each) => each.path.length > 0 || each.code === "unrecognized_keys"),
    );
    if (inside !== undefined) {
      for (const each of inside) tell(each, path, root, problems);
      return;
    }
    // A branch of the right type knows better what is wrong than the ones beside it.
    const expected = issue.errors.flatMap((branch) => branch.slice(0, 1)).map(expectation);
    problems.add(path, finding(valueAt(root, path)), expected.join(", or "));
    return;
  }
  problems.add(path, finding(valueAt(root, path)), expectation(issue));
}

/** What was found. Only short words are shown: a key may have been pasted into the wrong place. */
function finding(value: unknown): string {
  if (value === undefined) return "is missing";
  if (typeof value === "number" || typeof value === "boolean" || value === null) return `is ${value}`;
  if (typeof value === "string") {
    if (value.trim() === "") return "is blank";
    return /^[\w .-]{1,20}$/.test(value) && !looksLikeKey(value) ? `is "${value}"` : "is a text";
  }
  return Array.isArray(value) ? (value.length === 0 ? "is an empty list" : "is a list") : "is an object";
}

const TYPE_WORDS: ReadonlyMap<string, string> = new Map(
  Object.entries<string>({
    number: "a number",
    int: "a whole number",
    string: "a text",
    boolean: "true or false",
    object: "an object",
    record: "an object",
    array: "a list",
  }),
);

function expectation(issue: Issue): string {
  if (issue.code === "invalid_type") return TYPE_WORDS.get(issue.expected) ?? issue.expected;
  if (issue.code === "too_small") {
    return issue.origin === "array" ? "at least one entry" : `a number, ${issue.minimum} or more`;
  }
  if (issue.code === "too_big") return `a number, ${issue.maximum} or less`;
  if (issue.code === "invalid_value") return issue.values.map((value) => `"${String(value)}"`).join(" or ");
  return issue.message;
}

/** The keys that the schema knows for the object at `path`. */
function keysAt(path: Path): readonly string[] {
  let schema: unknown = ConfigFile;
  for (const step of path) {
    const here = objectOf(schema);
    if (here instanceof z.ZodObject) schema = here.shape[String(step)];
    else if (here instanceof z.ZodArray) schema = here.element;
    else if (here instanceof z.ZodRecord) schema = here.valueType;
  }
  const last = objectOf(schema);
  return last instanceof z.ZodObject ? Object.keys(last.shape).filter((key) => key !== "$schema") : [];
}

function objectOf(schema: unknown): unknown {
  if (schema instanceof z.ZodOptional) return objectOf(schema.unwrap());
  if (schema instanceof z.ZodUnion) return schema.options.find((option) => option instanceof z.ZodObject);
  return schema;
}

/** Takes out what is at `path`; where nothing is, or in a list, the part around it. Rows stay, so that positions stay the same. */
function takeOut(root: object, path: Path): void {
  const key = path.at(-1);
  const parentPath = path.slice(0, -1);
  const parent = valueAt(root, parentPath);
  if (key === undefined || typeof parent !== "object" || parent === null) return;
  if (isRowList(parentPath)) Reflect.set(parent, key, { id: PLACEHOLDER });
  else if (key === "id" && isRowList(parentPath.slice(0, -1))) Reflect.set(parent, key, PLACEHOLDER);
  else if (Array.isArray(parent) || !Object.hasOwn(parent, key)) takeOut(root, parentPath);
  else Reflect.deleteProperty(parent, key);
}

/** Stands for an id that was missing or broken; such a row has a problem already and is left out of the further checks. */
const PLACEHOLDER = "broken_row";

function isRowList(path: Path): boolean {
  return path.length === 1 && (path[0] === "models" || path[0] === "tasks");
}

function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, step) => (typeof value === "object" && value !== null ? Reflect.get(value, step) : undefined),
    root,
  );
}

function steps(path: readonly PropertyKey[]): (string | number)[] {
  return path.map((step) => (typeof step === "symbol" ? String(step) : step));
}
