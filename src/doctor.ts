import type { Config, ProviderKey, ProviderSettings } from "./config/parse.ts";
import type { CommandTest } from "./checks/kit/criterion.ts";
import type { Task } from "./core/task.ts";
import { VENDORS } from "./core/vendors.ts";
import { SignalboxError } from "./core/errors.ts";
import type { Model, ProviderId } from "./core/model.ts";
import { outageKeys, type Outage } from "./core/outage.ts";
import type { LedgerReader } from "./core/ledger-reader.ts";
import type { DoctorFinding } from "./core/service.ts";
import { tryKey } from "./providers/index.ts";

/** A provider that has not answered by then is called unreachable. */
const REACH_TIMEOUT_MS = 3_000;

/** Less than a check of an answer has: a person waits. */
const PROGRAM_TIMEOUT_MS = 5_000;

const BROWSER_TIMEOUT_MS = 15_000;

/** `doctor`'s view of a running Signalbox: which keys are seen (never what they are), who can be reached, whether the ledger is sound. */
export async function diagnose(
  config: Config,
  reader: LedgerReader,
  accounts: ReadonlyMap<ProviderId, readonly string[]>,
  nowMs: number,
  deep: boolean,
): Promise<readonly DoctorFinding[]> {
  const [providers, ledger, outages] = await Promise.all([
    Promise.all(config.providers.map((provider) => diagnoseProvider(provider, config.catalogue.models))),
    diagnoseLedger(reader, deep),
    diagnoseOutages(reader, accounts, nowMs),
  ]);
  const noneOn = config.providers.every(({ off }) => off !== null);
  const general: DoctorFinding[] = noneOn ? [{ level: "problem", about: "providers", detail: NO_PROVIDER }] : [];
  const programs = await Promise.all([...config.tasks.values()].flatMap(diagnosePrograms));
  const warnings = config.warnings.map((detail): DoctorFinding => ({ level: "warning", about: "config", detail }));
  return [
    ...warnings,
    ...providers.flat(),
    ...general,
    ...outages,
    ...programs,
    await diagnoseBrowser(config.browser),
    ledger,
  ];
}

const NO_PROVIDER = `none is on; set a key, such as ${VENDORS.openai.keyVariables.join(" or ")}, or signalbox setup --help`;

/** Runs each program of a task's own checks on an empty answer: what it says does not count, but it has to start. */
function diagnosePrograms({ id, checks }: Task): readonly Promise<DoctorFinding>[] {
  return checks.flatMap(({ own }) => (own?.kind === "command" ? [diagnoseProgram(own, id)] : []));
}

async function diagnoseProgram(test: CommandTest, task: string): Promise<DoctorFinding> {
  const { runCommand } = await import("./checks/text/criteria/command.ts");
  const { unmade } = await runCommand(test, "", task, AbortSignal.timeout(PROGRAM_TIMEOUT_MS));
  const about = `check ${test.name} of ${task}`;
  if (unmade === undefined) return { level: "ok", about, detail: "starts, and gives a verdict" };
  return { level: unmade.startsWith("cannot be started") ? "problem" : "warning", about, detail: unmade };
}

/** Loads an empty page where the config names a browser: that it is installed does not say that it starts. */
async function diagnoseBrowser(browser: string | null): Promise<DoctorFinding> {
  const about = "checks.browser";
  if (browser === null) return { level: "ok", about, detail: 'off; "auto" loads pages in an installed Chromium' };
  const { visit } = await import("./checks/web/browser/browser.ts");
  const page = { type: "text/html", content: "<!doctype html><title>Signalbox</title><p>Ready</p>" };
  const visited = await visit(browser, { "/": page }, AbortSignal.timeout(BROWSER_TIMEOUT_MS));
  return "visit" in visited
    ? { level: "ok", about, detail: `${browser}: starts with its sandbox on` }
    : { level: "warning", about, detail: visited.unmade };
}

/** One finding for each key: the endpoint is asked for its models with it, which costs nothing. */
async function diagnoseProvider(
  provider: ProviderSettings,
  models: readonly Model[],
): Promise<readonly DoctorFinding[]> {
  const about = `provider ${provider.id}`;
  if (provider.off !== null) return [{ level: "warning", about, detail: `off: ${provider.off}` }];
  const keys = provider.keys.length === 0 ? [null] : provider.keys;
  return Promise.all(keys.map((key) => diagnoseKey(provider, key, models)));
}

async function diagnoseKey(
  provider: ProviderSettings,
  key: ProviderKey | null,
  models: readonly Model[],
): Promise<DoctorFinding> {
  const about = `provider ${provider.id}`;
  const tried = await tryKey(provider, key?.apiKey ?? null, AbortSignal.timeout(REACH_TIMEOUT_MS));
  const seen = key === null ? "no key of its own" : `key seen in ${key.from}`;
  if (!tried.ok) {
    const { kind, message } = tried.error;
    const what =
      kind === "auth"
        ? "the key is refused"
        : kind === "network" || kind === "timeout"
          ? "cannot be reached"
          : "does not serve";
    return { level: "problem", about, detail: `${seen}; ${tried.endpoint}: ${what}: ${message}` };
  }
  const answers = `${seen}; ${tried.endpoint} answers`;
  if (tried.models === null)
    return { level: "ok", about, detail: `${answers}, but lists no models: the key was not tried` };
  const listed = tried.models;
  const unlisted = models.filter(({ provider: own, wireId, lifecycle }) => {
    return own === provider.id && lifecycle.state !== "retired" && !listed.some((id) => id.startsWith(wireId));
  });
  const detail = `${answers} and takes the key, with ${listed.length} models`;
  if (unlisted.length === 0) return { level: "ok", about, detail };
  const names = unlisted.map(({ wireId }) => wireId).join(", ");
  return { level: "warning", about, detail: `${detail}; not among them: ${names}` };
}

/** Which vendors refused lately, this or another process on the ledger, and how long they are left alone. */
async function diagnoseOutages(
  reader: LedgerReader,
  accounts: ReadonlyMap<ProviderId, readonly string[]>,
  nowMs: number,
): Promise<readonly DoctorFinding[]> {
  let outages: readonly Outage[];
  try {
    outages = [...(await reader.outages(nowMs)).values()];
  } catch (error) {
    // What is wrong with the ledger is told once.
    if (!(error instanceof SignalboxError)) throw error;
    return [];
  }
  const ours = new Map(
    [...accounts].flatMap(([id, own]) => own.map((account) => [outageKeys("", account).provider, `provider ${id}`])),
  );
  return outages
    .filter(({ key, scope, untilMs }) => (scope === "model" ? untilMs > nowMs : ours.has(key)))
    .map(({ key, kind, message, untilMs }) => {
      const leftS = Math.ceil((untilMs - nowMs) / 1000);
      const until = leftS > 0 ? `not asked for another ${leftS} s` : "the next call probes it";
      return { level: "problem", about: ours.get(key) ?? key, detail: `${kind}: ${message}; ${until}` };
    });
}

const LOOKED = {
  whole: "",
  books: " (sums and reservations; the file is large, doctor --deep looks at all of it)",
} as const;

async function diagnoseLedger(reader: LedgerReader, deep: boolean): Promise<DoctorFinding> {
  try {
    const health = await reader.health(deep);
    if (health.schemaVersion === 0) {
      return { level: "ok", about: "ledger", detail: `${health.path}: not there yet; the first request makes it` };
    }
    const detail = `${health.path}: schema ${health.schemaVersion}, ${health.requests} requests, ${health.sizeBytes} bytes, integrity ${health.integrity}${LOOKED[health.looked]}`;
    return { level: health.integrity === "ok" ? "ok" : "problem", about: "ledger", detail };
  } catch (error) {
    if (!(error instanceof SignalboxError)) throw error;
    return { level: "problem", about: "ledger", detail: error.message };
  }
}
