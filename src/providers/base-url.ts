import type { ProviderKind } from "../core/vendors.ts";

/** What people paste behind a base URL: the path of a call, or its version. The SDKs of these kinds add it themselves. */
const ADDED_BY_SDK: Readonly<Record<ProviderKind, RegExp>> = {
  openai: /\/(?:chat\/completions|completions|responses|models)$/,
  openai_compatible: /\/(?:chat\/completions|completions|responses|models)$/,
  openrouter: /\/(?:chat\/completions|completions|responses|models)$/,
  together: /\/(?:chat\/completions|completions|models)$/,
  anthropic: /\/v1(?:\/messages|\/models)?$/,
  google: /\/v1(?:alpha|beta)?(?:\/models.{0,200})?$/,
  azure_openai: /\/openai(?:\/deployments.{0,200})?$/,
  bedrock: /\/model\/.{0,200}$/,
  vertex: /\/v1(?:beta1)?(?:\/projects.{0,200})?$/,
};

/** The base URL as the SDK of the kind wants it: without a slash at its end, and without what the SDK adds to it. */
export function normalBaseUrl(kind: ProviderKind, baseUrl: string): string {
  return withoutSlash(withoutSlash(baseUrl.trim()).replace(ADDED_BY_SDK[kind], ""));
}

function withoutSlash(text: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === "/") end -= 1;
  return text.slice(0, end);
}

/** The version of Gemini's API that the base URL asks for, if it does. */
export function googleVersion(baseUrl: string): string | null {
  return /\/(v1(?:alpha|beta)?)\/?(?:models.{0,200})?$/.exec(baseUrl.trim())?.[1] ?? null;
}

/**
 * Where an address that answered 404 may be meant: a base URL without a version often lacks its "/v1". Some endpoints have none, so that
 * this is tried second. `null`: nowhere else.
 */
export function withVersion(url: URL, baseUrl: string): URL | null {
  const base = URL.parse(baseUrl);
  if (base === null || /\/v\d/.test(base.pathname)) return null;
  const path = withoutSlash(base.pathname);
  const added = url.pathname.slice(path.length);
  if (!url.pathname.startsWith(path) || !/^\/(?:chat\/completions|models)$/.test(added)) return null;
  const other = new URL(url);
  other.pathname = `${path}/v1${added}`;
  return other;
}
