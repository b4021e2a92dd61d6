/** A value that is there at once, or comes. */
export type Awaitable<T> = T | Promise<T>;

/** A change of what resources show. `principal`: whose request it was, `null` the owner's; absent: it is not known whose. */
export interface LedgerChange {
  readonly principal?: string | null;
}

/** Tells the other instances of changes, and hears of theirs. */
export interface ChangeFeed {
  /** Never throws: who misses a change sees it with the next one. */
  announce(change: LedgerChange): void;
  /** Calls `tell` for changes that others made, until the returned function is called. */
  listen(tell: (change: LedgerChange) => void): () => void;
}

/** A task as instances share it. `state` is JSON; the key is not the id by which a client knows the task. */
export interface SharedTask {
  readonly key: string;
  readonly state: object;
  readonly isRunning: boolean;
}

/** What is known of a task elsewhere. `isLost`: it seems to run, and its instance has not been heard of. */
export interface FoundTask {
  readonly state: object;
  readonly isLost: boolean;
}

export interface SharedTasks {
  /** False when there is no room for another one. `ttlMs`: how long it is kept. */
  open(task: SharedTask, principal: string | null, ttlMs: number): Promise<boolean>;
  hasRoom(principal: string | null): Promise<boolean>;
  /** Stores the tasks of this instance and says that it lives. Gives the keys of those that were cancelled elsewhere. */
  store(tasks: readonly SharedTask[]): Promise<readonly string[]>;
  find(key: string, principal: string | null): Promise<FoundTask | null>;
  /** Puts `changes` into the state of a task that runs. False for a key that is not known. */
  cancel(key: string, principal: string | null, changes: object): Promise<boolean>;
  discard(key: string): Promise<void>;
  /** Calls `look` when a task may have been cancelled elsewhere, where that is told at once. */
  onCancel(look: () => void): void;
}

/**
 * What the instances behind one load balancer share beside the books of the ledger. All that is kept expires. All methods throw
 * `ledger_unavailable` when the database cannot be used.
 */
export interface SharedState {
  readonly tasks: SharedTasks;
  readonly changes: ChangeFeed;
  /** Random bytes, the same for all instances: made by the first that asks. */
  secret(name: string): Promise<Uint8Array>;
  /** True for one caller alone. `keepMs`: how long that is remembered. */
  useOnce(nonce: string, keepMs: number): Promise<boolean>;
  keepAnswer(routeId: string, principal: string | null, text: string): Promise<void>;
  answer(routeId: string, principal: string | null): Promise<string | null>;
  /** Newest first. */
  answerIds(principal: string | null): Promise<readonly string[]>;
  /** Takes one request of a share that fills up evenly: 0, or how long the caller must wait for the next one, milliseconds. */
  takeShare(caller: string, perMinute: number): Promise<number>;
  /** Throws `ledger_unavailable` when the ledger cannot be used: the database is away, or its schema is not the newest. */
  check(): Promise<void>;
}
