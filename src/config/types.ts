import type { BudgetLimit, PrincipalLimit } from "../core/budget.ts";
import type { Catalogue, Model, ProviderId } from "../core/model.ts";
import type { NanoUsd } from "../core/money.ts";
import type { HttpSettings } from "../core/http-settings.ts";
import type { ProviderKind } from "../core/vendors.ts";
import type { Task, TaskId } from "../core/task.ts";

/** A provider, whether it is on or not. It is on when its key is there, or when it names no variable for one. */
export interface ProviderSettings {
  readonly id: ProviderId;
  readonly kind: ProviderKind;
  /** A secret: goes to the vendor and nowhere else. */
  readonly apiKey: string | null;
  /** `null`: the vendor's own. */
  readonly baseUrl: string | null;
  /** The variable that holds the key, or would turn the provider on; `null`: it needs none. */
  readonly keyVariable: string | null;
  /** Over all processes that share the ledger. */
  readonly limits: { readonly concurrency: number | null; readonly requestsPerMinute: number | null };
}

export const LOG_LEVELS = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Everything that the file and the environment say, checked and with all defaults filled in. */
export interface Config {
  readonly catalogue: Catalogue;
  readonly tasks: ReadonlyMap<TaskId, Task>;
  readonly providers: readonly ProviderSettings[];
  readonly budgets: readonly BudgetLimit[];
  /** Of every principal that has none of its own. */
  readonly eachPrincipal: readonly PrincipalLimit[];
  readonly baselineModel: Model;
  readonly defaults: {
    readonly deadlineMs: number;
    /** Per call; `null`: none. */
    readonly budgetNanoUsd: NanoUsd | null;
    /** `null`: by task. */
    readonly maxOutputTokens: number | null;
    /** UTF-16 units of answers that a tool's result shows at most. */
    readonly resultChars: number;
  };
  /** What a call may cost at most without the user being asked; `null`: the user is never asked. */
  readonly approvalNanoUsd: NanoUsd | null;
  readonly storeText: boolean;
  readonly allowUnpriced: boolean;
  /** The browser that pages may be loaded in: a path, or `auto`; `null`: none. */
  readonly browser: string | null;
  readonly http: HttpSettings;
  /** `null`: the default place. */
  readonly dbPath: string | null;
  readonly logLevel: LogLevel;
  /** What can be used and is hardly meant so, each in a sentence. */
  readonly warnings: readonly string[];
}
