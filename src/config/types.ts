import type { BudgetLimit, PrincipalLimit } from "../core/budget.ts";
import type { ApiKey, EndpointSettings } from "../core/endpoint-settings.ts";
import type { Catalogue, Model } from "../core/model.ts";
import type { NanoUsd } from "../core/money.ts";
import type { FileRoots } from "../core/file-roots.ts";
import type { HttpSettings } from "../core/http-settings.ts";
import type { NotifySettings } from "../core/notify-settings.ts";
import type { Task, TaskId } from "../core/task.ts";

/** A key of a provider, and what it came from: a variable's name, a command or a file, for messages. */
export interface ProviderKey {
  readonly apiKey: ApiKey;
  readonly from: string;
}

/** A provider, whether it is on or not. */
export interface ProviderSettings extends EndpointSettings {
  /** One for each account; calls go out on them in turn. Empty: it needs none, or it is off. */
  readonly keys: readonly ProviderKey[];
  /** Why it is off and what turns it on, to follow "off: "; `null`: it is on. */
  readonly off: string | null;
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
  /** The model of the agent that calls; `null`: not known. */
  readonly callerModel: Model | null;
  /** Share of the requests on which the baseline is asked as well, 0 to 1. */
  readonly baselineShare: number;
  /** Share of the answers with which the caller is asked for an outcome, 0 to 1. */
  readonly outcomeShare: number;
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
  /** How often plans are tried out that are not thought best, and what that may cost a day. */
  readonly exploration: { readonly share: number; readonly dayNanoUsd: NanoUsd };
  readonly files: FileRoots;
  /** How long a verified answer may be given again, milliseconds; `null`: never. */
  readonly answerTtlMs: number | null;
  readonly storeText: boolean;
  readonly allowUnpriced: boolean;
  /** The browser that pages may be loaded in: a path, or `auto`; `null`: none. */
  readonly browser: string | null;
  readonly http: HttpSettings;
  /** `null`: no one is told. */
  readonly notify: NotifySettings | null;
  /** `null`: the default place. */
  readonly dbPath: string | null;
  /** For a ledger in Postgres: the address of a connection that hears at once what other instances tell. */
  readonly dbListen: string | null;
  readonly logLevel: LogLevel;
  /** What can be used and is hardly meant so, each in a sentence. */
  readonly warnings: readonly string[];
}
