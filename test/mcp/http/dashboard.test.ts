import { describe, expect, it } from "vitest";
import { startHttpServer } from "../../../src/mcp/http/server.ts";
import { DEFAULT_HTTP_SETTINGS } from "../../../src/core/http-settings.ts";
import { onTestFinished } from "vitest";
import { fakeService, type FakeService } from "../../support/fake-service.ts";
import { manualClock } from "../support/manual-clock.ts";
import { startIssuer } from "./support/issuer.ts";
import { serveHttp } from "./support/serve.ts";

/** The cookie that an answer sets, as a browser sends it back. */
function cookieOf(response: Response): string {
  return (response.headers.get("set-cookie") ?? "").split(";", 1)[0] ?? "";
}

async function signIn(url: URL, token: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url, { method: "POST", headers: { authorization: `Bearer ${token}`, ...headers } });
}

describe("/dashboard", () => {
  it("gives the page to all, for it holds no data, and says what may frame it", async () => {
    const { url } = await serveHttp({ token: "owners" });
    const response = await fetch(url("/dashboard"));
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(response.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(await response.text()).toContain("<title>Signalbox</title>");
    expect((await fetch(url("/dashboard/"))).status).toBe(200);
  });

  it.each(["/dashboard/data?days=30", "/dashboard/routes/route-1"])("%s is behind the token", async (path) => {
    const { url } = await serveHttp({ token: "owners" });
    expect((await fetch(url(path))).status).toBe(401);
    const forged = { cookie: `signalbox_dashboard=${"a".repeat(43)}` };
    expect((await fetch(url(path), { headers: forged })).status).toBe(401);
    expect((await fetch(url(path), { headers: { authorization: "Bearer wrong" } })).status).toBe(401);
  });

  it("changes a token for a cookie that no script reads and no other site sends, and back", async () => {
    const { url } = await serveHttp({ token: "owners" });
    expect((await signIn(url("/dashboard/session"), "wrong")).status).toBe(401);
    const response = await signIn(url("/dashboard/session"), "owners");
    expect(response.status).toBe(204);
    expect(response.headers.get("set-cookie")).toMatch(
      /^signalbox_dashboard=[\w-]{43}; Path=\/dashboard; Max-Age=43200; HttpOnly; SameSite=Strict$/u,
    );
    const cookie = `other=1; ${cookieOf(response)}`;
    const data = await fetch(url("/dashboard/data?days=7"), { headers: { cookie } });
    expect(await data.json()).toMatchObject({ days: 7, principal: null });
    expect(data.headers.get("cache-control")).toBe("no-store");
    const out = await fetch(url("/dashboard/session"), { method: "DELETE", headers: { cookie } });
    expect(out.headers.get("set-cookie")).toContain("Max-Age=0");
    expect((await fetch(url("/dashboard/data?days=7"), { headers: { cookie } })).status).toBe(401);
  });

  it("marks the cookie for TLS alone behind a proxy that speaks TLS", async () => {
    const { url } = await serveHttp({ token: "owners" });
    const response = await signIn(url("/dashboard/session"), "owners", { "x-forwarded-proto": "https" });
    expect(response.headers.get("set-cookie")).toMatch(/; Secure$/u);
  });

  it("is no way to MCP: the cookie counts at these addresses alone", async () => {
    const { url } = await serveHttp({ token: "owners" });
    const cookie = cookieOf(await signIn(url("/dashboard/session"), "owners"));
    for (const path of ["/mcp", "/metrics", "/sse"])
      expect((await fetch(url(path), { headers: { cookie } })).status).toBe(401);
  });

  it("ends a session after twelve hours, and when its token is no longer good", async () => {
    const { oauth, token } = await startIssuer();
    const { url, clock } = await serveHttp({ token: "owners", oauth });
    const owner = cookieOf(await signIn(url("/dashboard/session"), "owners"));
    const ann = cookieOf(await signIn(url("/dashboard/session"), await token("ann", "read")));
    const status = async (cookie: string): Promise<number> =>
      (await fetch(url("/dashboard/data?days=7"), { headers: { cookie } })).status;
    expect([await status(owner), await status(ann)]).toEqual([200, 200]);
    await clock.advance(2 * 3_600_000);
    expect([await status(owner), await status(ann)]).toEqual([200, 401]);
    await clock.advance(11 * 3_600_000);
    expect(await status(owner)).toBe(401);
  });

  it("shows a principal its own figures alone, and only with the scope to read", async () => {
    const { oauth, token } = await startIssuer();
    const seenBy: (string | null)[] = [];
    const plain = fakeService();
    const service: FakeService = { ...plain, as: (principal) => (seenBy.push(principal), plain) };
    const { url } = await serveHttp({ token: "owners", oauth }, service);
    const cookie = cookieOf(await signIn(url("/dashboard/session"), await token("ann", "read")));
    seenBy.length = 0;
    expect((await fetch(url("/dashboard/data?days=7"), { headers: { cookie } })).status).toBe(200);
    expect(seenBy).toEqual(["ann"]);
    expect((await signIn(url("/dashboard/session"), await token("bob", "route"))).status).toBe(403);
  });

  it.each([
    ["GET", "/dashboard/data?days=31", 400],
    ["GET", "/dashboard/data", 400],
    ["GET", "/dashboard/routes/unknown", 404],
    ["GET", "/dashboard/routes/%E0%A4%A", 400],
    ["POST", "/dashboard/data?days=7", 405],
    ["GET", "/dashboard/session", 405],
    ["GET", "/dashboard/else", 404],
  ])("answers %s %s with %d", async (method, path, status) => {
    const { url } = await serveHttp();
    expect((await fetch(url(path), { method })).status).toBe(status);
  });

  it("refuses pages of other sites, as all of the server does", async () => {
    const { url } = await serveHttp({ token: "owners" });
    const cookie = cookieOf(await signIn(url("/dashboard/session"), "owners"));
    const from = async (headers: Record<string, string>): Promise<number> =>
      (await fetch(url("/dashboard/data?days=7"), { headers: { cookie, ...headers } })).status;
    expect(await from({ origin: "https://evil.example" })).toBe(403);
    expect(await from({ "sec-fetch-site": "cross-site" })).toBe(403);
    expect(await from({ "sec-fetch-site": "same-origin" })).toBe(200);
  });
});

describe("a server of the view alone", () => {
  async function viewOnly() {
    const clock = manualClock();
    const server = await startHttpServer(fakeService(), {
      version: "1",
      clock,
      onError: () => {},
      host: "127.0.0.1",
      port: 0,
      settings: { ...DEFAULT_HTTP_SETTINGS, token: "kept-inside" },
      viewCode: "once",
    });
    onTestFinished(() => server.stop());
    return { clock, url: (path: string) => new URL(path, server.url) };
  }

  it("takes its code once, gives a session for it, and speaks no MCP", async () => {
    const { url } = await viewOnly();
    const first = await signIn(url("/dashboard/session"), "once");
    expect(first.status).toBe(204);
    const data = await fetch(url("/dashboard/data?days=7"), { headers: { cookie: cookieOf(first) } });
    expect(data.status).toBe(200);
    expect((await signIn(url("/dashboard/session"), "once")).status).toBe(401);
    expect((await fetch(url("/dashboard"))).status).toBe(200);
    for (const path of ["/mcp", "/metrics", "/sse"]) {
      expect((await fetch(url(path), { headers: { authorization: "Bearer kept-inside" } })).status).toBe(404);
    }
  });

  it("takes no code after two minutes", async () => {
    const { url, clock } = await viewOnly();
    await clock.advance(120_000);
    expect((await signIn(url("/dashboard/session"), "once")).status).toBe(401);
  });
});
