import type { ProxySettings } from "../core/endpoint-settings.ts";
import type { ProviderId } from "../core/model.ts";
import { PROVIDER_KINDS, VENDORS, type ProviderKind, type VendorKind } from "../core/vendors.ts";
import { didYouMean } from "../checks/kit/suggest.ts";
import type { Environment } from "./environment.ts";
import type { ProviderRow } from "./provider-row.ts";
import { readHeaders } from "./headers.ts";
import { readKeys } from "./keys.ts";
import { readParams } from "./params.ts";
import type { Problems } from "./problem.ts";
import { readOwnProxy, readProxy } from "./proxy.ts";
import type { ProviderSettings } from "./types.ts";
import { urlProblem } from "./url.ts";

const VENDOR_IDS = Object.keys(VENDORS) as readonly VendorKind[];
const OWN_KINDS = (Object.keys(PROVIDER_KINDS) as readonly ProviderKind[]).filter(
  (kind) => !Object.hasOwn(VENDORS, kind),
);

/** What all providers share. */
interface Surroundings {
  readonly env: Environment;
  readonly proxy: ProxySettings | null;
  readonly problems: Problems;
}

/** Every provider, vendors first, those without a key too. A base URL in the environment goes before the file's. */
export function readProviders(
  rows: Readonly<Record<ProviderId, ProviderRow>>,
  env: Environment,
  problems: Problems,
): readonly ProviderSettings[] {
  const around: Surroundings = { env, problems, proxy: readProxy(env, problems) };
  const vendors = VENDOR_IDS.map((kind) => vendorSettings(kind, rows[kind] ?? {}, around));
  const own = Object.entries(rows)
    .filter(([id]) => !Object.hasOwn(VENDORS, id))
    .map(([id, row]) => endpointSettings(id, row, around));
  return [...vendors, ...own];
}

function vendorSettings(id: VendorKind, row: ProviderRow, around: Surroundings): ProviderSettings {
  const { env, problems } = around;
  if (row.kind !== undefined) {
    const message = `cannot be set: ${id} is one of the four vendors`;
    problems.addUnlessKnown(["providers", id, "kind"], message, "no kind here, or a provider with a name of its own");
  }
  const fromFile = fileUrl(id, row, problems);
  return settingsOf(id, id, row, env.readUrl(VENDORS[id].baseUrlVariable, problems) ?? fromFile, around);
}

function endpointSettings(id: ProviderId, row: ProviderRow, around: Surroundings): ProviderSettings {
  const { env, problems } = around;
  const path = ["providers", id];
  if (!/^[a-z][a-z0-9_-]{0,63}$/.test(id)) {
    problems.addUnlessKnown(path, "is not a good id", "lower-case letters, digits, _ and -, beginning with a letter");
  }
  const kindIsWrong = problems.has([...path, "kind"]);
  if (row.kind === undefined) {
    const message = `is missing: "${id}" is not one of the four vendors${didYouMean(id, [...VENDOR_IDS, ...OWN_KINDS])}`;
    problems.addUnlessKnown([...path, "kind"], message, `one of ${[...OWN_KINDS, ...VENDOR_IDS].join(", ")}`);
  }
  const kind = row.kind ?? "openai_compatible";
  const { required } = PROVIDER_KINDS[kind];
  const variable = required.base_url?.find((name) => env.read(name) !== null);
  const baseUrl = fileUrl(id, row, problems) ?? (variable === undefined ? null : env.readUrl(variable, problems));
  if (required.base_url !== undefined && !kindIsWrong && row.base_url === undefined && variable === undefined) {
    problems.addUnlessKnown([...path, "base_url"], "is missing", URL_EXAMPLES[kind] ?? "where the endpoint listens");
  }
  return settingsOf(id, kind, row, baseUrl, around);
}

const URL_EXAMPLES: Partial<Record<ProviderKind, string>> = {
  openai_compatible: "where the endpoint listens: http://localhost:11434/v1",
  azure_openai: "the address of the resource: https://NAME.openai.azure.com",
};

function settingsOf(
  id: ProviderId,
  kind: ProviderKind,
  row: ProviderRow,
  baseUrl: string | null,
  { env, proxy, problems }: Surroundings,
): ProviderSettings {
  const path = ["providers", id];
  const { required } = PROVIDER_KINDS[kind];
  const place = (setting: "region" | "project"): string | null => {
    const variables = required[setting];
    const given = row[setting] ?? variables?.map((name) => env.read(name)).find((value) => value !== null) ?? null;
    if (given === null && variables !== undefined) {
      problems.addUnlessKnown([...path, setting], "is missing", `the ${setting}, here or in ${variables.join(" or ")}`);
    }
    if (given === null || /^[A-Za-z0-9][A-Za-z0-9.:-]*$/.test(given)) return given;
    problems.addUnlessKnown([...path, setting], `is not the name of a ${setting}`, "letters, digits and -");
    return null;
  };
  if (row.stream === false && (kind === "bedrock" || kind === "vertex")) {
    problems.addUnlessKnown([...path, "stream"], "is false, but this kind always streams", "no such key");
  }
  const { keys, off: noKey } = readKeys(kind, row, path, env, problems);
  const { headers, off: noHeader } = readHeaders(row.headers, [...path, "headers"], env, problems);
  // A gateway that is let in by a header of its own needs no key beside it.
  const isLetIn = row.api_key_env === undefined && Object.keys(headers).some((name) => LETS_IN.test(name));
  return {
    id,
    kind,
    keys,
    off: (isLetIn ? null : noKey) ?? noHeader,
    baseUrl,
    headers,
    params: readParams(row.params ?? {}, [...path, "params"], problems),
    stream: row.stream ?? true,
    limitParam: row.limit_param ?? null,
    proxy: row.proxy === undefined ? proxy : readOwnProxy(row.proxy, [...path, "proxy"], problems),
    apiVersion: row.api_version ?? null,
    region: place("region"),
    project: place("project"),
    limits: {
      concurrency: row.limits?.concurrency ?? null,
      requestsPerMinute: row.limits?.requests_per_minute ?? null,
    },
  };
}

/** Headers that carry a key. */
const LETS_IN = /^(?:authorization|api-key|x-api-key|x-goog-api-key|.*[-_](?:key|token|authorization))$/;

function fileUrl(id: ProviderId, row: ProviderRow, problems: Problems): string | null {
  if (row.base_url === undefined) return null;
  const problem = urlProblem(row.base_url);
  if (problem === null) return row.base_url.trim();
  problems.addUnlessKnown(["providers", id, "base_url"], problem.message, problem.expected);
  return null;
}
