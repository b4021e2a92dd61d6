import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { SignalboxError } from "../../core/errors.ts";
import type { Service } from "../../core/service.ts";
import type { ServerOptions } from "../server-options.ts";
import { buildServer } from "../server.ts";
import { MCP_PATH } from "./routes.ts";
import type { MetricsText } from "./reports.ts";
import { authenticatorFrom } from "./auth.ts";
import { DashboardSessions } from "./dashboard/dashboard-sessions.ts";
import { guardFrom } from "./host-and-origin.ts";
import { listenerFrom } from "./listener.ts";
import { shareConnections } from "./connections.ts";
import { isLoopback } from "../../core/loopback.ts";
import { StatelessHandler } from "./stateless-handler.ts";
import { jwtReader } from "./oauth.ts";
import { SessionHandler, type OldSession } from "./sessions-handler.ts";
import type { BuildServer } from "./parts.ts";
import { sharedTasksOf } from "../tasks/shared-store.ts";
import { readinessOf } from "./readiness.ts";
import { RateLimit, sharedRates } from "./rate-limit.ts";
import { Sessions } from "./sessions.ts";
import type { HttpSettings } from "../../core/http-settings.ts";
import { OpenRequests } from "./open-requests.ts";

export interface HttpServerOptions extends ServerOptions {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  readonly settings: HttpSettings;
  /** A client has this long to send its headers, and six times as long for the whole request. */
  readonly headersTimeoutMs?: number;
  /** Tests put their own server on top of ours. */
  readonly build?: BuildServer;
  /** What `/metrics` answers with; absent: nothing is counted. */
  readonly metrics?: () => Promise<MetricsText>;
  /** Serves the view alone, to who has this code: it is good for one sign-in, in place of the token. */
  readonly viewCode?: string;
}

/** A server that listens. */
export interface RunningServer {
  /** Where MCP is spoken: "http://127.0.0.1:8787/mcp". */
  readonly url: string;
  /** Sessions of old clients that are open. */
  sessions(): number;
  /** Says so, then takes no new requests, lets running calls end, cancels those that take too long, and closes everything. */
  stop(): Promise<void>;
}

const HEADERS_TIMEOUT_MS = 10_000;
const MAX_HEADER_BYTES = 16 * 1024;

/** What is wrong with serving there, or `null`: a caller without a token could spend the owner's money. */
export function bindProblem(host: string, { token, oauth }: HttpSettings): string | null {
  if (isLoopback(host) || token !== null || oauth !== null) return null;
  return `will not listen on ${host} without a guard: set SIGNALBOX_HTTP_TOKEN, or http.oauth in the config`;
}

/**
 * Serves MCP over HTTP to clients of every era. Resolves when it listens; throws `invalid_config` when it must not or cannot.
 * Closing the service is up to the caller.
 */
export async function startHttpServer(service: Service, options: HttpServerOptions): Promise<RunningServer> {
  const { host, port, settings, headersTimeoutMs, build, metrics, viewCode, ...serverOptions } = options;
  const { clock, onError, version, shared } = serverOptions;
  const problem = bindProblem(host, settings);
  if (problem !== null) throw new SignalboxError("invalid_config", problem);
  const parts = { service, options: serverOptions, build: build ?? buildServer };
  const sessions = new Sessions<OldSession>(settings, clock, onError);
  const visits = new OpenRequests();
  const modern = new StatelessHandler(parts);
  const readJwt = settings.oauth === null ? null : await jwtReader(settings.oauth, clock, onError);
  const alone = new RateLimit(settings.requestsPerMinute, clock);
  let isDraining = false;
  let isStopping = false;
  const listener = listenerFrom({
    settings,
    version,
    guard: guardFrom({ host, ...settings }),
    authenticate: authenticatorFrom(settings, readJwt),
    rate: shared === undefined ? alone : sharedRates(shared, settings.requestsPerMinute, alone),
    sessions,
    visits,
    modern,
    service,
    metrics,
    dashboard: new DashboardSessions(clock, viewCode === undefined ? null : { code: viewCode, token: settings.token }),
    isViewOnly: viewCode !== undefined,
    old: new SessionHandler(parts, sessions, visits),
    onError,
    isDraining: () => isDraining,
    isStopping: () => isStopping,
    isReady: readinessOf(service, shared),
  });
  const server = createServer(timeouts(headersTimeoutMs ?? HEADERS_TIMEOUT_MS), listener);
  // Streams of all sessions, their calls, and some who only knock: behind a proxy all of them have one address.
  shareConnections(server, 2 * settings.maxSessions + 1000);
  try {
    await listen(server, host, port);
  } catch (error) {
    await sessions.close();
    throw error;
  }
  const stop = async (): Promise<void> => {
    if (isDraining) return;
    isDraining = true;
    const enough = new AbortController();
    if (settings.drainNoticeMs > 0) await clock.sleep(settings.drainNoticeMs, enough.signal);
    isStopping = true;
    // What runs behind a task can be fetched from another instance afterwards.
    const tasks = shared === undefined ? undefined : sharedTasksOf(shared, clock, onError).settled();
    await Promise.race([Promise.all([visits.done(), tasks]), clock.sleep(settings.drainMs, enough.signal)]);
    enough.abort();
    const closed = new Promise((resolve) => void server.close(resolve));
    await Promise.all([sessions.close(), modern.close()]);
    server.closeAllConnections();
    await closed;
  };
  return { url: urlOf(server, host), sessions: () => sessions.size, stop };
}

/** Against clients that send a byte now and then to hold their connection. */
function timeouts(headersTimeoutMs: number) {
  return {
    headersTimeout: headersTimeoutMs,
    requestTimeout: 6 * headersTimeoutMs,
    keepAliveTimeout: 5_000,
    connectionsCheckingInterval: Math.min(1_000, headersTimeoutMs / 4),
    maxHeaderSize: MAX_HEADER_BYTES,
    // Headers that two parsers could read in two ways are refused.
    insecureHTTPParser: false,
    requireHostHeader: true,
  };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException): void => {
      reject(new SignalboxError("invalid_config", `cannot listen on ${host}:${port}: ${error.code ?? error.message}`));
    };
    server.once("error", fail);
    server.listen({ host: host.replace(/^\[|\]$/gu, ""), port }, () => {
      server.off("error", fail);
      resolve();
    });
  });
}

function urlOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo;
  const name = host.replace(/^\[|\]$/gu, "");
  return `http://${name.includes(":") ? `[${name}]` : name}:${port}${MCP_PATH}`;
}
