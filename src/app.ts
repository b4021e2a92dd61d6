import { createHash, randomUUID } from "node:crypto";
import { BoundedCache } from "./checks/kit/bounded-cache.ts";
import type { AnswerStore } from "./core/answer-store.ts";
import type { ApiKey } from "./core/endpoint-settings.ts";
import type { PrecisionOf } from "./core/evidence.ts";
import type { ProviderState, Plan } from "./core/planning.ts";
import type { LedgerReader } from "./core/ledger-reader.ts";
import type { Clock, Ids, Provider, ProviderCapacity, RequestRecord, Verifier } from "./core/ports.ts";
import type { ProviderId } from "./core/model.ts";
import { idAt } from "./core/route-id.ts";
import type { Request } from "./core/request.ts";
import { scaleTokens } from "./core/tokens.ts";
import type { Service } from "./core/service.ts";
import { pickTask } from "./catalog/auto.ts";
import { lazyChecking } from "./verify/lazy.ts";
import type { Config, ProviderSettings } from "./config/types.ts";
import { diagnose } from "./doctor.ts";
import { Learner } from "./engine/learner.ts";
import { Leases } from "./engine/lease-heartbeat.ts";
import { PrefixMemory } from "./engine/prefix-memory.ts";
import { PendingWrites } from "./engine/pending-writes.ts";
import { ProviderQueue } from "./engine/provider-queue.ts";
import { Exchanges } from "./service/exchanges.ts";
import { ledgerAnswers } from "./service/kept-answers/ledger-answers.ts";
import { memoryAnswers } from "./service/kept-answers/memory-answers.ts";
import { promptHash } from "./service/prompt-hash.ts";
import { createEngineService } from "./service/service.ts";
import { openLedger } from "./ledger/ledger.ts";
import { createProvider } from "./providers/index.ts";

/** What tests put in the place of the real world. */
export interface AppDeps {
  readonly clock?: Clock;
  readonly ids?: Ids;
  /** A draw from 0 to 1; by default `Math.random`. */
  readonly random?: () => number;
  /** By default checks run in worker threads. */
  readonly verifier?: Verifier;
  /** By default the adapters on the vendors' SDKs. */
  readonly createProvider?: (settings: ProviderSettings, apiKey: ApiKey | null) => Provider;
  /** What outcomes have shown of bought evidence; by default what the ledger has of them. */
  readonly precisionOf?: PrecisionOf;
  /** Where the process was started, and the user's home; absent: nowhere. */
  readonly place?: { readonly folder: string; readonly home: string };
  /** Is told what a person should know although all works. */
  readonly warn?: (message: string) => void;
}

/** Prompts whose written tests are kept in memory. */
const MOST_WRITTEN_TESTS = 500;

/** The real time. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  // Not timers/promises: it makes an error with a stack for each sleep that is cut short, and most are.
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const wake = (): void => {
        clearTimeout(timer);
        signal.removeEventListener("abort", wake);
        resolve();
      };
      const timer = setTimeout(wake, Math.max(0, ms));
      signal.addEventListener("abort", wake);
    }),
};

/** Ids that sort by time, with 48 random bits. */
export function createIds(clock: Clock): Ids {
  return { next: () => idAt(clock.nowMs(), randomUUID().slice(-12)) };
}

/** The composition root: puts the rooms together for a config. Opens, loads and locks nothing until the first request. */
export function createService(config: Config, dbPath: string, deps: AppDeps = {}): Service {
  const clock = deps.clock ?? systemClock;
  const ids = deps.ids ?? createIds(clock);
  const warn = deps.warn ?? (() => undefined);
  const ledger = openLedger({ path: dbPath, storeText: config.storeText, listenUrl: config.dbListen, warn });
  const checking = lazyChecking(config.browser);
  const accounts = new Map(config.providers.map((each) => [each.id, accountsOf(each)]));
  const accountNames = new Map([...accounts].map(([id, keys]) => [id, [...keys.keys()]]));
  const adapters = new Map<string, Provider>();
  const settings = new Map(config.providers.map((provider) => [provider.id, provider]));
  const make = deps.createProvider ?? createProvider;

  const provider = (id: ProviderId, account: string): Provider => {
    const existing = adapters.get(account);
    if (existing !== undefined) return existing;
    const known = settings.get(id);
    if (known === undefined) throw new Error(`No settings for provider ${id}: the plan let it through`);
    const adapter = make(known, accounts.get(id)?.get(account) ?? null);
    adapters.set(account, adapter);
    return adapter;
  };

  const learner = new Learner({
    reader: ledger,
    clock,
    random: deps.random ?? Math.random,
    exploration: config.exploration,
  });

  const exchanges = new Exchanges(clock, ledger);
  return createEngineService({
    engine: {
      clock,
      ids,
      ledger,
      verifier: deps.verifier ?? checking.verifier,
      leases: new Leases(ledger, clock),
      pending: new PendingWrites(clock),
      lines: new ProviderQueue(clock),
      limits: config.budgets,
      baseline: { model: config.baselineModel },
      caller: config.callerModel,
      outcomeShare: config.outcomeShare,
      shadow: { share: config.baselineShare, random: deps.random ?? Math.random },
      storeText: config.storeText,
      writeOutput: async (output, answer) =>
        (await import("./files/write/write-output.ts")).writeOutput(output, answer),
      writtenTests: new BoundedCache(MOST_WRITTEN_TESTS),
      precisionOf: deps.precisionOf ?? ((source) => learner.precisionOf(source)),
      provider,
      turns: new Map(),
      prefixes: new PrefixMemory(clock),
      room: (id) => capacityOf(settings.get(id)),
      record: (request, plan, startedAtMs) => recordOf(request, plan, startedAtMs, config),
    },
    world: {
      catalogue: config.catalogue,
      providers: new Map(config.providers.map((each) => [each.id, providerState(each)])),
      limits: config.budgets,
      allowUnpriced: config.allowUnpriced,
      // A view of the service fills in its own.
      principal: null,
      accountsOf: (id) => accountNames.get(id) ?? [id],
    },
    sources: {
      // A view of the service fills in its own.
      principal: null,
      catalogue: config.catalogue,
      tasks: config.tasks,
      defaults: config.defaults,
      approvalNanoUsd: config.approvalNanoUsd,
      pickTask: (prompt) => pickTask(prompt, config.tasks),
      prepareOutput: async (wish, principal) => {
        const { prepareOutput } = await import("./files/write/prepare.ts");
        const { outputRoots, outputPerPrincipal } = config.files;
        return prepareOutput(wish, principal === null ? outputRoots : (outputPerPrincipal.get(principal) ?? []));
      },
      exchange: (routeId, principal) => exchanges.find(routeId, principal),
      readsProject: config.files.isProjectReadable,
      readFiles: async (entries, principal, projectFolders) => {
        const [{ readFiles }, { projectRoots }] = await Promise.all([
          import("./files/read-files.ts"),
          import("./files/project.ts"),
        ]);
        const { roots, perPrincipal, isProjectReadable } = config.files;
        if (principal !== null) return readFiles(entries, perPrincipal.get(principal) ?? []);
        const { folder, home } = deps.place ?? { folder: "/", home: "/" };
        const project = isProjectReadable ? await projectRoots(projectFolders ?? [folder], home) : [];
        return readFiles(entries, [...roots, ...project]);
      },
      schemaProblems: (...asked) => checking.schemaProblems(...asked),
    },
    reader: ledger,
    shared: ledger.shared,
    learner,
    exchanges,
    answers: answerStoreOf(config, clock, ledger),
    warn,
    eachPrincipal: config.eachPrincipal,
    configProblems: newProblems,
    diagnose: (reader, deep) => diagnose(config, reader, accountNames, clock.nowMs(), deep),
  });
}

/** Where text is kept anyway, in the ledger; else in this process alone. */
function answerStoreOf({ answerTtlMs, storeText }: Config, clock: Clock, ledger: LedgerReader): AnswerStore | null {
  if (answerTtlMs === null) return null;
  return storeText ? ledgerAnswers(answerTtlMs, clock, ledger) : memoryAnswers(answerTtlMs, clock);
}

/** Without the environment: what both texts miss of it is no news. */
async function newProblems(before: string, after: string): Promise<readonly string[]> {
  // The schema of the file takes time to load, and only this command needs it here.
  const [{ parseConfig }, { printProblem }] = await Promise.all([
    import("./config/parse.ts"),
    import("./config/load.ts"),
  ]);
  const problemsOf = (text: string): readonly string[] => {
    const parsed = parseConfig(text, {});
    return parsed.ok ? [] : parsed.problems.map(printProblem);
  };
  const known = new Set(problemsOf(before));
  return problemsOf(after).filter((problem) => !known.has(problem));
}

function providerState(settings: ProviderSettings): ProviderState {
  if (settings.off === null) return { available: true };
  return { available: false, reason: `provider ${settings.id} is off: ${settings.off}` };
}

/** `null` where the config sets no limit: then calls do not wait in line, and nothing is counted. */
function capacityOf(settings: ProviderSettings | undefined): ProviderCapacity | null {
  const limits = settings?.limits;
  return limits === undefined || (limits.concurrency === null && limits.requestsPerMinute === null) ? null : limits;
}

/**
 * The accounts behind a provider, one for each key: a refused key must not take out what another key can do. No key can be read from
 * its account. Keys that are read later go by where they are read.
 */
function accountsOf({ id, keys, baseUrl, headers }: ProviderSettings): ReadonlyMap<string, ApiKey | null> {
  const letIn = Object.keys(headers).length === 0 ? [] : [headers];
  const secrets = keys.length === 0 ? [null] : keys.map(({ apiKey }) => apiKey);
  const fingerprint = (secret: ApiKey | null): string =>
    createHash("sha256")
      .update(JSON.stringify([baseUrl, secret, ...letIn]))
      .digest("hex")
      .slice(0, 8);
  return new Map(secrets.map((secret) => [`${id} ${fingerprint(secret)}`, secret]));
}

function recordOf(
  request: Request,
  plan: Plan,
  startedAtMs: number,
  { storeText, baselineModel, callerModel }: Pick<Config, "storeText" | "baselineModel" | "callerModel">,
): RequestRecord {
  const { system, user, systemTokens, userTokens, sharedChars = 0 } = request.rendered;
  return {
    routeId: request.routeId,
    principal: request.principal,
    task: request.task.id,
    startedAtMs,
    budgetNanoUsd: request.budgetNanoUsd,
    deadlineMs: request.deadlineMs,
    minQuality: request.minQuality,
    optimize: request.optimize,
    promptChars: user.length + (system?.length ?? 0),
    // The baseline stands for a model that is not known: it wrote the prompt in its own tokens, but for the files that it named.
    callerTokens: scaleTokens(
      Math.max(0, systemTokens + userTokens - (request.readTokens ?? 0)),
      (callerModel ?? baselineModel).tokenFactor,
    ),
    promptSha256: promptHash(request.rendered),
    promptText: storeText ? [system, user].filter((text) => text !== null).join("\n\n") : null,
    plan: {
      order: plan.order.map((candidate) => candidate.model.id),
      rejected: plan.rejected.map(({ model, reason }) => ({ model, reason })),
    },
    notes: request.notes,
    ...(request.sentFiles === undefined ? {} : { files: request.sentFiles }),
    ...(storeText ? { promptParts: { systemChars: system?.length ?? null, sharedChars } } : {}),
    ...(plan.choice === undefined ? {} : { choice: plan.choice }),
  };
}
