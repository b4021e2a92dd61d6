import { describe, expect, it } from "vitest";
import { parseConfig } from "../../src/config/parse.ts";

function parse(http: unknown, env: Record<string, string> = {}) {
  return parseConfig(JSON.stringify({ http }), env);
}

function problemsOf(http: unknown, env: Record<string, string> = {}): readonly string[] {
  const parsed = parse(http, env);
  return parsed.ok ? [] : parsed.problems.map(({ path }) => path);
}

const OAUTH = {
  issuer: "https://id.example.com",
  audience: "https://signalbox.example.com/mcp",
  jwks_url: "https://id.example.com/keys",
};

describe("the section http", () => {
  it("is read with its units, and the token comes from the environment", () => {
    const parsed = parse(
      {
        allowed_hosts: ["Signalbox.Example.com"],
        allowed_origins: ["https://app.example.com"],
        requests_per_minute: 60,
        max_sessions: 10,
        session_idle_ms: 60_000,
        drain_notice_ms: 5000,
        drain_ms: 120_000,
        oauth: OAUTH,
      },
      { SIGNALBOX_HTTP_TOKEN: " a-token " },
    );
    expect(parsed.ok && parsed.config.http).toEqual({
      token: "a-token",
      oauth: { issuer: OAUTH.issuer, audience: OAUTH.audience, jwksUrl: OAUTH.jwks_url },
      allowedHosts: ["signalbox.example.com"],
      allowedOrigins: ["https://app.example.com"],
      requestsPerMinute: 60,
      maxSessions: 10,
      sessionIdleMs: 60_000,
      drainNoticeMs: 5000,
      drainMs: 120_000,
    });
  });

  it("tells every problem with its path", () => {
    expect(
      problemsOf(
        {
          allowed_hosts: ["https://x"],
          allowed_origins: ["https://app.example.com/page", "null"],
          requests_per_minute: 0,
          max_sessions: 1.5,
          session_idle_ms: 10,
          drain_notice_ms: -1,
          oauth: { ...OAUTH, algorithms: ["none"] },
          tokens: ["x"],
        },
        { SIGNALBOX_HTTP_TOKEN: "two words" },
      ).toSorted(),
    ).toEqual([
      "SIGNALBOX_HTTP_TOKEN",
      "http.allowed_hosts[0]",
      "http.allowed_origins[0]",
      "http.allowed_origins[1]",
      "http.drain_notice_ms",
      "http.max_sessions",
      "http.oauth.algorithms",
      "http.requests_per_minute",
      "http.session_idle_ms",
      "http.tokens",
    ]);
  });

  it.each([
    ["http://id.example.com/keys", 1],
    ["ftp://id.example.com/keys", 1],
    ["https://user:pass@id.example.com/keys", 1],
    ["keys", 1],
    ["http://127.0.0.1:9/keys", 0],
  ])("takes keys over a safe line only: %s", (jwksUrl, count) => {
    expect(problemsOf({ oauth: { ...OAUTH, jwks_url: jwksUrl } })).toHaveLength(count);
  });

  it("never shows the token", () => {
    const parsed = parse({ tokens: 1 }, { SIGNALBOX_HTTP_TOKEN: "secret secret" });
    expect(JSON.stringify(parsed)).not.toContain("secret secret");
  });
});
