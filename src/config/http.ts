import { DEFAULT_HTTP_SETTINGS, type HttpSettings, type OAuthSettings } from "../core/http-settings.ts";
import type { Environment } from "./environment.ts";
import type { Http } from "./file.ts";
import type { Problems } from "./problem.ts";
import { requireSafeUrl } from "./url.ts";

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
  requireSafeUrl(["http", "oauth", "issuer"], oauth.issuer, problems);
  requireSafeUrl(["http", "oauth", "jwks_url"], oauth.jwks_url, problems);
  return { issuer: oauth.issuer, audience: oauth.audience, jwksUrl: oauth.jwks_url };
}
