import { createHash } from "node:crypto";
import { ProtocolErrorCode } from "@modelcontextprotocol/server";
import type { Clock } from "../../core/ports.ts";
import type { SharedState, SharedTasks } from "../../core/shared-state.ts";
import { CANCELLED, type DetailedTask, KEEP_MS, newTask, type OpenTask, type Tasks } from "./store.ts";

/** So often the state of running tasks is stored, and it is looked whether another instance has cancelled one. */
const STORE_EVERY_MS = 1000;
const SETTLED_LOOK_MS = 50;

interface LocalTask {
  readonly key: string;
  readonly principal: string | null;
  readonly cancel: () => void;
  task: DetailedTask;
}

/**
 * Tasks that any instance can fetch and cancel. The calls behind them run in this process; their states are stored, and stored again for as
 * long as the database is away.
 */
export class SharedTaskStore implements Tasks {
  readonly #shared: SharedTasks;
  readonly #clock: Clock;
  readonly #onError: (error: unknown) => void;
  /** Of this instance, until their ends are stored. */
  readonly #local = new Map<string, LocalTask>();
  #storing: Promise<void> | null = null;
  #timer: NodeJS.Timeout | null = null;

  constructor(shared: SharedTasks, clock: Clock, onError: (error: unknown) => void) {
    this.#shared = shared;
    this.#clock = clock;
    this.#onError = onError;
    shared.onCancel(() => void this.#store());
  }

  /** None while the database is away: the call stays a call, and says so itself. */
  async hasRoom(principal: string | null): Promise<boolean> {
    return this.#shared.hasRoom(principal).catch((error: unknown) => {
      this.#onError(error);
      return false;
    });
  }

  /** Resolves when no task runs here any more and all of their ends are stored. */
  async settled(): Promise<void> {
    while (this.#local.size > 0) {
      await new Promise((resolve) => setTimeout(resolve, SETTLED_LOOK_MS));
    }
  }

  async open(principal: string | null, deadlineMs: number, cancel: () => void): Promise<OpenTask | null> {
    const task = newTask(Math.ceil(deadlineMs) + KEEP_MS, this.#now());
    const key = keyOf(task.taskId);
    const isOpen = await this.#shared
      .open({ key, state: stateOf(task), isRunning: true }, principal, task.ttlMs)
      .catch((error: unknown) => {
        this.#onError(error);
        return false;
      });
    if (!isOpen) return null;
    const local: LocalTask = { key, principal, cancel, task };
    this.#local.set(key, local);
    this.#timer ??= setInterval(() => void this.#store(), STORE_EVERY_MS).unref();
    const end = (changes: Partial<DetailedTask>): void => {
      this.#change(local, changes);
      void this.#store();
    };
    return {
      state: () => local.task,
      say: (statusMessage) => this.#change(local, { statusMessage }),
      complete: (result) => end({ status: "completed", result }),
      fail: (code, message) => end({ status: "failed", error: { code, message } }),
      discard: () => {
        this.#forget(key);
        this.#shared.discard(key).catch(this.#onError);
      },
    };
  }

  async get(taskId: string, principal: string | null): Promise<DetailedTask | null> {
    const key = keyOf(taskId);
    const local = this.#local.get(key);
    if (local !== undefined) return local.principal === principal ? local.task : null;
    const found = await this.#shared.find(key, principal);
    if (found === null) return null;
    const task = { ...(found.state as DetailedTask), taskId };
    return found.isLost ? { ...task, ...LOST } : task;
  }

  async cancel(taskId: string, principal: string | null): Promise<boolean> {
    const key = keyOf(taskId);
    const local = this.#local.get(key);
    if (local === undefined) {
      return this.#shared.cancel(key, principal, { ...CANCELLED, lastUpdatedAt: this.#now() });
    }
    if (local.principal !== principal) return false;
    if (local.task.status === "working") {
      this.#change(local, CANCELLED);
      local.cancel();
      void this.#store();
    }
    return true;
  }

  /** One at a time; what changes meanwhile is stored by the next. */
  async #store(): Promise<void> {
    if (this.#storing !== null) {
      await this.#storing;
      if (this.#storing !== null) return;
    }
    if (this.#local.size === 0) return;
    this.#storing = this.#storeNow().finally(() => {
      this.#storing = null;
    });
    await this.#storing;
  }

  async #storeNow(): Promise<void> {
    const stored = [...this.#local.values()].map((local) => ({ local, task: local.task }));
    try {
      const cancelled = await this.#shared.store(
        stored.map(({ local: { key }, task }) => ({
          key,
          state: stateOf(task),
          isRunning: task.status === "working",
        })),
      );
      for (const { local, task } of stored) {
        if (cancelled.includes(local.key)) this.#cancelled(local);
        else if (task.status !== "working") this.#forget(local.key);
      }
    } catch (error) {
      // Stored with the next look.
      this.#onError(error);
    }
  }

  #cancelled(local: LocalTask): void {
    this.#change(local, CANCELLED);
    local.cancel();
    this.#forget(local.key);
  }

  #forget(key: string): void {
    this.#local.delete(key);
    if (this.#local.size > 0 || this.#timer === null) return;
    clearInterval(this.#timer);
    this.#timer = null;
  }

  /** The first end counts. */
  #change(local: LocalTask, changes: Partial<DetailedTask>): void {
    if (local.task.status !== "working") return;
    local.task = { ...local.task, ...changes, lastUpdatedAt: this.#now() };
  }

  #now(): string {
    return new Date(this.#clock.nowMs()).toISOString();
  }
}

const LOST = {
  status: "failed",
  error: {
    code: ProtocolErrorCode.InternalError,
    message: "The instance that ran this task has ended; what it spent stands in the receipts and in spend_report.",
  },
} as const;

/** Who reads the database cannot use a task: its id is not in there. */
function keyOf(taskId: string): string {
  return createHash("sha256").update(taskId).digest("base64url");
}

function stateOf({ taskId: _id, ...state }: DetailedTask): object {
  return state;
}

/** One store for all servers of a process. */
export function sharedTasksOf(shared: SharedState, clock: Clock, onError: (error: unknown) => void): SharedTaskStore {
  const existing = stores.get(shared);
  if (existing !== undefined) return existing;
  const store = new SharedTaskStore(shared.tasks, clock, onError);
  stores.set(shared, store);
  return store;
}

const stores = new WeakMap<SharedState, SharedTaskStore>();
