import type { Task, TaskId } from "../core/task.ts";
import { SIGNALS, type Signal } from "./signals.ts";
import { GENERAL_TASK } from "./tasks.ts";

/** A task is picked from so many points on … */
const MIN_POINTS = 3;
/** … and only when it leads the next one by so many. */
const MIN_LEAD = 2;
/** The opening of the prose, where the request usually stands, characters. */
const OPENING_CHARS = 300;
/** Of a long prompt only so much of the beginning of prose and of code is read, characters. */
const READ_CHARS = 8000;
/** What lies further back in a huge prompt is not even split into prose and code. */
const LOOKED_AT_CHARS = 64_000;

export interface PickedTask {
  readonly task: Task;
  /** One sentence: the points, and the signals that gave them. */
  readonly why: string;
}

/**
 * The task that a prompt asks for, by the points of {@link SIGNALS}: the leader, if it has at least 3 points and 2 more than the
 * next one; otherwise `general`. Deterministic. Only tasks in `tasks` can be picked, and of those only the ones that a signal
 * knows. Throws RangeError when `tasks` lacks `general`.
 */
export function pickTask(prompt: string, tasks: ReadonlyMap<TaskId, Task>): PickedTask {
  const general = tasks.get(GENERAL_TASK);
  if (general === undefined) throw new RangeError(`the tasks lack "${GENERAL_TASK}", which "auto" falls back to`);
  const fired = firedSignals(prompt.slice(0, LOOKED_AT_CHARS));
  const [first, second] = [...tasks.values()]
    .map((task) => ({ task, points: pointsFor(task.id, fired) }))
    .sort((a, b) => b.points - a.points);
  const signs = fired.map(({ name }) => name).join(", ");
  if (first === undefined || first.points < MIN_POINTS) {
    const reason = signs === "" ? "no signal of another task" : `too little speaks for another task (${signs})`;
    return { task: general, why: `auto: ${GENERAL_TASK}, ${reason}` };
  }
  if (second !== undefined && first.points - second.points < MIN_LEAD) {
    const pair = `${first.task.id} (${first.points}) and ${second.task.id} (${second.points})`;
    return { task: general, why: `auto: ${GENERAL_TASK}, undecided between ${pair}: ${signs}` };
  }
  const own = fired.filter((signal) => (signal.points[first.task.id] ?? 0) !== 0).map(({ name }) => name);
  return { task: first.task, why: `auto: ${first.task.id} with ${first.points} points: ${own.join(", ")}` };
}

function pointsFor(task: TaskId, fired: readonly Signal[]): number {
  return fired.reduce((sum, signal) => sum + (signal.points[task] ?? 0), 0);
}

function firedSignals(prompt: string): readonly Signal[] {
  const { prose, code } = split(prompt);
  const texts = { opening: prose.slice(0, OPENING_CHARS), prose, code } satisfies Record<Signal["in"], string>;
  return SIGNALS.filter((signal) => signal.pattern.test(texts[signal.in]));
}

/** Prose, in lower case and with its spaces evened out, and code, each cut to what is read. Unfenced Solidity counts as code. */
function split(prompt: string): { readonly prose: string; readonly code: string } {
  const fenced: string[] = [];
  const unfenced = prompt.replace(/(```|~~~)[\s\S]*?(?:\1|$)/g, (block) => {
    fenced.push(block);
    return "\n";
  });
  const start = unfenced.search(/^[ \t]*(?:pragma\s+solidity|(?:abstract )?contract \w+[^{}\n]{0,120}\{)/m);
  const end = start === -1 ? -1 : unfenced.lastIndexOf("}") + 1;
  const prose = end > start ? `${unfenced.slice(0, start)}\n${unfenced.slice(end)}` : unfenced;
  if (end > start) fenced.push(unfenced.slice(start, end));
  return {
    prose: prose
      .trim()
      .toLowerCase()
      .replace(/[ \t]+/g, " ")
      .slice(0, READ_CHARS),
    code: fenced.join("\n").slice(0, READ_CHARS),
  };
}
