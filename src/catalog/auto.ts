import type { Task, TaskId } from "../core/task.ts";
import { ASKS, CONTRACT_WORDS, PROGRAMMING_WORDS, type Ask } from "./signals.ts";
import { GENERAL_TASK } from "./tasks.ts";

/** The opening of the prose, where the request usually stands, characters. */
const OPENING_CHARS = 300;
/** Of a long prompt only so much of the beginning is read, characters. */
const READ_CHARS = 8000;
/** What lies further back in a huge prompt is not even split into prose and code. */
const LOOKED_AT_CHARS = 64_000;

export interface PickedTask {
  readonly task: Task;
  /** One sentence: what in the prompt decided. */
  readonly why: string;
}

/**
 * The task that a prompt asks for: the first one of the config whose phrase occurs in it (`when`), else the one that its opening
 * asks for first (see {@link ASKS}); in doubt `general`. Deterministic; picks only tasks in `tasks`. Throws RangeError when
 * `tasks` lacks `general`.
 */
export function pickTask(prompt: string, tasks: ReadonlyMap<TaskId, Task>): PickedTask {
  const general = tasks.get(GENERAL_TASK);
  if (general === undefined) throw new RangeError(`the tasks lack "${GENERAL_TASK}", which "auto" falls back to`);
  const { prose, code } = split(prompt.slice(0, LOOKED_AT_CHARS));
  const line = prose.replace(/\s+/g, " ");
  for (const task of tasks.values()) {
    const phrase = task.when?.find((each) => holdsPhrase(line, each));
    if (phrase !== undefined) return { task, why: `auto: ${task.id}, the prompt holds "${phrase}"` };
  }
  const opening = prose.slice(0, OPENING_CHARS);
  const beside = {
    contracts: SOLIDITY.test(code) || CONTRACT_WORDS.test(prose.slice(0, READ_CHARS)),
    programming: code !== "" || PROGRAMMING_WORDS.test(opening),
    code: code !== "" && !SOLIDITY.test(code),
  };
  const found = ASKS.flatMap((ask) => {
    const index = isDue(ask, opening, beside) ? opening.search(ask.pattern) : -1;
    return index === -1 || !tasks.has(ask.task) ? [] : [{ ask, index }];
  }).sort((a, b) => a.index - b.index);
  const [first] = found;
  const task = first === undefined ? undefined : tasks.get(first.ask.task);
  if (first === undefined || task === undefined)
    return { task: general, why: `auto: ${GENERAL_TASK}, nothing asks for another task` };
  const second = found.find(
    ({ ask, index }) => ask.task !== task.id && /\b(?:and|then) $/.test(opening.slice(0, index)),
  );
  if (task !== general && second !== undefined) {
    return { task: general, why: `auto: ${GENERAL_TASK}, undecided between ${task.id} and ${second.ask.task}` };
  }
  return { task, why: `auto: ${task.id}, ${first.ask.name}` };
}

function isDue(
  { beside, unless }: Ask,
  opening: string,
  found: Readonly<Record<NonNullable<Ask["beside"]>, boolean>>,
): boolean {
  return (beside === undefined || found[beside]) && unless?.test(opening) !== true;
}

const SOLIDITY = /pragma\s+solidity|\b(?:contract|library)\s+\w+[^{}\n]{0,120}\{|\bmsg\.sender\b/;
/** Data in a fence is no code. */
const DATA_FENCE = /^(?:```|~~~) *(?:json|csv|txt|text|md|markdown|yaml|xml)\b/;
/** A line that no prose looks like. */
const CODE_LINE =
  /^[ \t]*(?:(?:async )?def \w+\(|class \w+ ?[({:]|(?:export |async |public |private |static |pub )*(?:function|const|let|var|fn|func|void) \w|import [\w{*]|from [\w.]+ import |#include|@\w+\(|return\b.*;|(?:if|for|while|switch) ?\(.*\{|for \w+ in .*:|[\w.]+ ?=[^=][^(]*\(.*\)|[\w.]+\(.*\);)|^(?![A-Za-z]+(?:,? [a-z]+){3}).*[;{}][ \t]*$/;

/** Prose, in lower case and with its spaces evened out, and code: fenced, Solidity, and lines that are nothing else. */
function split(prompt: string): { readonly prose: string; readonly code: string } {
  const code: string[] = [];
  const unfenced = prompt.replace(/(```|~~~)[\s\S]*?(?:\1|$)/g, (block) => {
    if (!DATA_FENCE.test(block)) code.push(block);
    return "\n";
  });
  const start = unfenced.search(/^[ \t]*(?:pragma\s+solidity|(?:abstract )?contract \w+[^{}\n]{0,120}\{)/m);
  const end = start === -1 ? -1 : unfenced.lastIndexOf("}") + 1;
  if (end > start) code.push(unfenced.slice(start, end));
  const rest = end > start ? `${unfenced.slice(0, start)}\n${unfenced.slice(end)}` : unfenced;
  const lines = rest.split("\n");
  const prose = lines.filter((line) => !CODE_LINE.test(line.slice(0, 300)));
  code.push(...lines.filter((line) => CODE_LINE.test(line.slice(0, 300))));
  return {
    prose: prose
      .join("\n")
      .trim()
      .toLowerCase()
      .replace(/[ \t]+/g, " "),
    code: code.join("\n").slice(0, READ_CHARS),
  };
}

/** Whether a phrase occurs in whole words; case and spacing do not count. */
function holdsPhrase(line: string, phrase: string): boolean {
  const wanted = phrase.trim().toLowerCase().replace(/\s+/g, " ");
  for (let at = line.indexOf(wanted); at !== -1; at = line.indexOf(wanted, at + 1)) {
    if (!isJoined(line[at - 1], wanted[0]) && !isJoined(wanted.at(-1), line[at + wanted.length])) return true;
  }
  return false;
}

/** Whether two characters are parts of one word. Scripts that write without spaces have no words to keep whole. */
function isJoined(one: string | undefined, other: string | undefined): boolean {
  const isLetter = (each: string | undefined): boolean =>
    each !== undefined &&
    /[\p{L}\p{N}_]/u.test(each) &&
    !/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u.test(each);
  return isLetter(one) && isLetter(other);
}
