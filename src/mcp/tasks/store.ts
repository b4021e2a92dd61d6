import { randomBytes } from "node:crypto";
import type { CallToolResult } from "@modelcontextprotocol/server";
import type { Clock } from "../../core/ports.ts";
import type { Awaitable } from "../../core/shared-state.ts";

/** What a task is doing. Ours never wait for input: the user was asked before one was made. */
export type TaskStatus = "working" | "completed" | "failed" | "cancelled";

/** A task as the extension puts it on the line. */
export interface TaskState {
  readonly taskId: string;
  readonly status: TaskStatus;
  readonly statusMessage?: string;
  readonly createdAt: string;
  readonly lastUpdatedAt: string;
  readonly ttlMs: number;
  readonly pollIntervalMs: number;
}

/** A task and what it has come to: the tool's result, or the error of a call that broke. */
export interface DetailedTask extends TaskState {
  readonly result?: CallToolResult;
  readonly error?: { readonly code: number; readonly message: string };
}

/** A running call as its task sees it. */
export interface OpenTask {
  state(): TaskState;
  say(message: string): void;
  complete(result: CallToolResult): void;
  fail(code: number, message: string): void;
  /** The call was over before a task was announced. */
  discard(): void;
}

/** The tasks of a process, or of all instances that share a ledger. */
export interface Tasks {
  /** Whether another task of this principal may be made; if not, its call has to stay one. */
  hasRoom(principal: string | null): Awaitable<boolean>;
  /** Makes a task for a call that ends within `deadlineMs`; `null` when there is no room. */
  open(principal: string | null, deadlineMs: number, cancel: () => void): Awaitable<OpenTask | null>;
  /** `null` for an id that this principal has no task by, or had one by that is too old. */
  get(taskId: string, principal: string | null): Awaitable<DetailedTask | null>;
  /** Ends a task that still runs: its call is cancelled and settles what it has spent. False for an id that is not known. */
  cancel(taskId: string, principal: string | null): Awaitable<boolean>;
}

export interface TaskLimits {
  /** Over all principals, running and finished: none may be forgotten before its time. */
  readonly most: number;
  readonly mostPerPrincipal: number;
  /** How long a finished task can be fetched at least, beyond the deadline of its call. */
  readonly keepMs: number;
}

/** How long a finished task can be fetched at least. */
export const KEEP_MS = 600_000;
const LIMITS: TaskLimits = { most: 256, mostPerPrincipal: 64, keepMs: KEEP_MS };
/** Asking more often tells nothing new. */
const POLL_INTERVAL_MS = 1_000;

/** What a cancel makes of a task. */
export const CANCELLED = { status: "cancelled", statusMessage: "cancelled; what was consumed is settled" } as const;

/** A task that begins. Its id cannot be guessed. */
export function newTask(ttlMs: number, now: string): DetailedTask {
  const taskId = randomBytes(24).toString("base64url");
  return { taskId, status: "working", createdAt: now, lastUpdatedAt: now, ttlMs, pollIntervalMs: POLL_INTERVAL_MS };
}

interface StoredTask {
  readonly principal: string | null;
  readonly expiresAtMs: number;
  readonly cancel: () => void;
  task: DetailedTask;
}

/**
 * The tasks of a process. They outlive the connection that asked for them: a caller that knows the id, which cannot be guessed, and is
 * the same principal may fetch or cancel them.
 */
export class TaskStore implements Tasks {
  readonly #clock: Clock;
  readonly #limits: TaskLimits;
  readonly #entries = new Map<string, StoredTask>();

  constructor(clock: Clock, limits: TaskLimits = LIMITS) {
    this.#clock = clock;
    this.#limits = limits;
  }

  hasRoom(principal: string | null): boolean {
    this.#forgetExpired();
    const own = [...this.#entries.values()].filter((entry) => entry.principal === principal).length;
    return this.#entries.size < this.#limits.most && own < this.#limits.mostPerPrincipal;
  }

  open(principal: string | null, deadlineMs: number, cancel: () => void): OpenTask | null {
    if (!this.hasRoom(principal)) return null;
    const task = newTask(Math.ceil(deadlineMs) + this.#limits.keepMs, this.#now());
    const { taskId, ttlMs } = task;
    const entry: StoredTask = {
      principal,
      expiresAtMs: this.#clock.monotonicMs() + ttlMs,
      cancel,
      task,
    };
    this.#entries.set(taskId, entry);
    return {
      state: () => entry.task,
      say: (statusMessage) => this.#change(entry, { statusMessage }),
      complete: (result) => this.#change(entry, { status: "completed", result }),
      fail: (code, message) => this.#change(entry, { status: "failed", error: { code, message } }),
      discard: () => void this.#entries.delete(taskId),
    };
  }

  get(taskId: string, principal: string | null): DetailedTask | null {
    return this.#find(taskId, principal)?.task ?? null;
  }

  cancel(taskId: string, principal: string | null): boolean {
    const entry = this.#find(taskId, principal);
    if (entry === null) return false;
    if (entry.task.status === "working") {
      this.#change(entry, CANCELLED);
      entry.cancel();
    }
    return true;
  }

  #find(taskId: string, principal: string | null): StoredTask | null {
    this.#forgetExpired();
    const entry = this.#entries.get(taskId);
    return entry !== undefined && entry.principal === principal ? entry : null;
  }

  /** The first end counts: what comes after a cancel does not matter any more. */
  #change(entry: StoredTask, changes: Partial<DetailedTask>): void {
    if (entry.task.status !== "working") return;
    entry.task = { ...entry.task, ...changes, lastUpdatedAt: this.#now() };
  }

  #forgetExpired(): void {
    const nowMs = this.#clock.monotonicMs();
    for (const [taskId, entry] of this.#entries) if (entry.expiresAtMs <= nowMs) this.#entries.delete(taskId);
  }

  #now(): string {
    return new Date(this.#clock.nowMs()).toISOString();
  }
}

/** One store for all servers of a process, which share its clock: a stateless server lives for one request, its tasks do not. */
export function storeOf(clock: Clock): TaskStore {
  const existing = stores.get(clock);
  if (existing !== undefined) return existing;
  const store = new TaskStore(clock);
  stores.set(clock, store);
  return store;
}

const stores = new WeakMap<Clock, TaskStore>();
