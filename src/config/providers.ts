import type { ProviderId } from "../core/model.ts";
import { VENDORS, type VendorKind } from "../core/vendors.ts";
import { didYouMean } from "../checks/kit/suggest.ts";
import type { Environment } from "./environment.ts";
import type { ProviderRow } from "./file.ts";
import type { Problems } from "./problem.ts";
import type { ProviderSettings } from "./types.ts";
import { urlProblem } from "./url.ts";

const VENDOR_IDS = Object.keys(VENDORS) as readonly VendorKind[];

/** Every provider, vendors first, those without a key too. A base URL in the environment goes before the file's. */
export function readProviders(
  rows: Readonly<Record<ProviderId, ProviderRow>>,
  env: Environment,
  problems: Problems,
): readonly ProviderSettings[] {
  const vendors = VENDOR_IDS.map((kind) => vendorSettings(kind, rows[kind] ?? {}, env, problems));
  const own = Object.entries(rows)
    .filter(([id]) => !Object.hasOwn(VENDORS, id))
    .map(([id, row]) => endpointSettings(id, row, env, problems));
  return [...vendors, ...own];
}

function vendorSettings(id: VendorKind, row: ProviderRow, env: Environment, problems: Problems): ProviderSettings {
  const vendor = VENDORS[id];
  if (row.kind !== undefined) {
    const message = `cannot be set: ${id} is one of the four vendors`;
    problems.addUnlessKnown(["providers", id, "kind"], message, "no kind here, or a provider with a name of its own");
  }
  const candidates: readonly [string, ...string[]] =
    row.api_key_env === undefined ? vendor.keyVariables : ([row.api_key_env] as const);
  const keyVariable = candidates.find((name) => env.read(name) !== null) ?? candidates[0];
  return {
    id,
    kind: id,
    apiKey: env.read(keyVariable),
    baseUrl: env.readUrl(vendor.baseUrlVariable, problems) ?? fileUrl(id, row, problems),
    keyVariable,
    limits: limitsOf(row),
  };
}

function endpointSettings(id: ProviderId, row: ProviderRow, env: Environment, problems: Problems): ProviderSettings {
  const path = ["providers", id];
  if (!/^[a-z][a-z0-9_-]{0,63}$/.test(id)) {
    problems.addUnlessKnown(path, "is not a good id", "lower-case letters, digits, _ and -, beginning with a letter");
  }
  if (row.kind === undefined) {
    const message = `is missing: "${id}" is not one of the four vendors${didYouMean(id, VENDOR_IDS)}`;
    problems.addUnlessKnown([...path, "kind"], message, `"openai_compatible", or one of ${VENDOR_IDS.join(", ")}`);
  }
  if (row.base_url === undefined) {
    problems.addUnlessKnown(
      [...path, "base_url"],
      "is missing",
      "where the endpoint listens: http://localhost:11434/v1",
    );
  }
  return {
    id,
    kind: "openai_compatible",
    apiKey: row.api_key_env === undefined ? null : env.read(row.api_key_env),
    baseUrl: fileUrl(id, row, problems),
    keyVariable: row.api_key_env ?? null,
    limits: limitsOf(row),
  };
}

function fileUrl(id: ProviderId, row: ProviderRow, problems: Problems): string | null {
  if (row.base_url === undefined) return null;
  const problem = urlProblem(row.base_url);
  if (problem === null) return row.base_url.trim();
  problems.addUnlessKnown(["providers", id, "base_url"], problem.message, problem.expected);
  return null;
}

function limitsOf(row: ProviderRow): ProviderSettings["limits"] {
  return {
    concurrency: row.limits?.concurrency ?? null,
    requestsPerMinute: row.limits?.requests_per_minute ?? null,
  };
}
