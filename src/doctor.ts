import type { Config, ProviderSettings } from "./config/parse.ts";
import { SignalboxError } from "./core/errors.ts";
import type { ProviderId } from "./core/model.ts";
import { outageKeys, type Outage } from "./core/outage.ts";
import type { LedgerReader } from "./core/ledger-reader.ts";
import type { DoctorFinding } from "./core/service.ts";
import { VENDORS } from "./core/vendors.ts";

/** A provider that has not answered by then is called unreachable. */
const REACH_TIMEOUT_MS = 3_000;

const BROWSER_TIMEOUT_MS = 15_000;

/** `doctor`'s view of a running Signalbox: which keys are seen (never what they are), who can be reached, whether the ledger is sound. */
export async function diagnose(
  config: Config,
  reader: LedgerReader,
  accounts: ReadonlyMap<ProviderId, string>,
  nowMs: number,
  deep: boolean,
): Promise<readonly DoctorFinding[]> {
  const [providers, ledger, outages] = await Promise.all([
    Promise.all(config.providers.map(diagnoseProvider)),
    diagnoseLedger(reader, deep),
    diagnoseOutages(reader, accounts, nowMs),
  ]);
  const noneOn = config.providers.every(
    (provider) => provider.apiKey === null && provider.kind !== "openai_compatible",
  );
  const general: DoctorFinding[] = noneOn
    ? [{ level: "warning", about: "providers", detail: "no provider is on: route_task will fail until a key is set" }]
    : [];
  const warnings = config.warnings.map((detail): DoctorFinding => ({ level: "warning", about: "config", detail }));
  return [...warnings, ...providers, ...general, ...outages, await diagnoseBrowser(config.browser), ledger];
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

/** A provider is on when its key is there, or when it names no variable for one. */
export function isOn(provider: ProviderSettings): boolean {
  return provider.apiKey !== null || provider.keyVariable === null;
}

async function diagnoseProvider(provider: ProviderSettings): Promise<DoctorFinding> {
  const about = `provider ${provider.id}`;
  if (!isOn(provider)) {
    return { level: "warning", about, detail: `off: ${provider.keyVariable} is not set` };
  }
  const key = provider.apiKey === null ? "no key needed" : `key seen in ${provider.keyVariable}`;
  const endpoint = provider.baseUrl ?? (provider.kind === "openai_compatible" ? null : VENDORS[provider.kind].baseUrl);
  if (endpoint === null) return { level: "problem", about, detail: "has no base_url" };
  const trouble = await reach(endpoint);
  return trouble === null
    ? { level: "ok", about, detail: `${key}; ${endpoint} answers` }
    : { level: "problem", about, detail: `${key}; ${endpoint} cannot be reached: ${trouble}` };
}

/** `null` when a server answers there: any HTTP status counts, since no key is sent. */
async function reach(endpoint: string): Promise<string | null> {
  try {
    const response = await fetch(endpoint, {
      method: "GET",
      redirect: "manual",
      signal: AbortSignal.timeout(REACH_TIMEOUT_MS),
    });
    await response.body?.cancel();
    return null;
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : "";
    return cause === "" ? String(error) : cause;
  }
}

/** Which vendors refused lately, this or another process on the ledger, and how long they are left alone. */
async function diagnoseOutages(
  reader: LedgerReader,
  accounts: ReadonlyMap<ProviderId, string>,
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
  const ours = new Map([...accounts].map(([id, account]) => [outageKeys("", account).provider, `provider ${id}`]));
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
