import { isLoopback } from "../core/loopback.ts";
import { DEFAULT_HTTP_SETTINGS, type HttpSettings, type OAuthSettings } from "../core/http-settings.ts";
import type { Environment } from "./environment.ts";
import type { Http } from "./file.ts";
import type { Problems } from "./problem.ts";

/** The section `http` and `SIGNALBOX_HTTP_TOKEN`, with the defaults of what neither says. */
export function readHttp(http: Http, environment: Environment, problems: Problems): HttpSettings {
  const token = environment.read("SIGNALBOX_HTTP_TOKEN");
  if (token !== null && /[^\x21-\x7e]/u.test(token)) {
    problems.add(["SIGNALBOX_HTTP_TOKEN"], "has characters that no header can carry", "printable ASCII without blanks");
  }
  return {
    token,
    oauth: http.oauth === undefined ? null : readOAuth(http.oauth, problems),
    allowedHosts: (http.allowed_hosts ?? []).map((host) => host.toLowerCase()),
    allowedOrigins: (http.allowed_origins ?? []).map((origin) => origin.toLowerCase()),
    requestsPerMinute: http.requests_per_minute ?? DEFAULT_HTTP_SETTINGS.requestsPerMinute,
    maxSessions: http.max_sessions ?? DEFAULT_HTTP_SETTINGS.maxSessions,
    sessionIdleMs: http.session_idle_ms ?? DEFAULT_HTTP_SETTINGS.sessionIdleMs,
    drainNoticeMs: http.drain_notice_ms ?? DEFAULT_HTTP_SETTINGS.drainNoticeMs,
    drainMs: http.drain_ms ?? DEFAULT_HTTP_SETTINGS.drainMs,
  };
}

function readOAuth(oauth: NonNullable<Http["oauth"]>, problems: Problems): OAuthSettings {
  requireSafeUrl("issuer", oauth.issuer, problems);
  requireSafeUrl("jwks_url", oauth.jwks_url, problems);
  return { issuer: oauth.issuer, audience: oauth.audience, jwksUrl: oauth.jwks_url };
}

/** Keys that come over an open line prove nothing, unless the line ends on this machine. */
function requireSafeUrl(field: "issuer" | "jwks_url", text: string, problems: Problems): void {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isSafe = url?.protocol === "https:" || (url?.protocol === "http:" && isLoopback(url.hostname));
  if (isSafe && url.username === "" && url.password === "") return;
  problems.addUnlessKnown(
    ["http", "oauth", field],
    "is not a URL that can be trusted",
    "a URL that begins with https://",
  );
}
