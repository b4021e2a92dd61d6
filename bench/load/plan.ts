/** The plan that the process under load receives. It can be sent to another process as a message. */
export interface LoadPlan {
  /** The whole environment of the service. */
  readonly env: Readonly<Record<string, string>>;
  readonly dbPath: string;
  readonly inFlight: number;
  /** Requests before anything is measured. */
  readonly warmUpRequests: number;
  /** It ends with the first of both. */
  readonly requests: number;
  readonly durationMs: number;
  readonly models: readonly string[];
}

/** Its report at the end. Heaps are measured after garbage collection, `null` without `--expose-gc`. */
export interface LoadResult {
  /** Of the measured requests. */
  readonly requests: number;
  readonly answered: number;
  readonly failedByCode: Readonly<Record<string, number>>;
  /** Attempts that failed, the warm-up's too, by model and kind. */
  readonly failedAttempts: Readonly<Record<string, number>>;
  /** Requests that ended in neither an answer nor a typed failure. */
  readonly thrown: readonly string[];
  /** Attempts of all requests, the warm-up's too. */
  readonly attempts: number;
  readonly costNanoUsd: number;
  /** What the ledger says that all of them cost. */
  readonly ledgerNanoUsd: number;
  readonly tookMs: number;
  readonly latencyP50Ms: number;
  readonly latencyP99Ms: number;
  readonly loopP50Ms: number;
  readonly loopP99Ms: number;
  readonly loopMaxMs: number;
  readonly heapBeforeBytes: number | null;
  readonly heapAfterBytes: number | null;
  /** Abort listeners that are left on the one signal of all requests. */
  readonly listenersLeft: number;
  /** Warnings of the process, such as of listeners that pile up. */
  readonly warnings: readonly string[];
}
