import { randomBytes } from "node:crypto";
import { systemClock } from "./app.ts";
import type { ExitCode, Serving } from "./cli/command.ts";
import { SignalboxError } from "./core/errors.ts";
import type { Service } from "./core/service.ts";
import { traceOf, type Log } from "./log.ts";
import type { HttpSettings } from "./core/http-settings.ts";
import type { MetricsText } from "./mcp/http/reports.ts";
import type { ServerOptions } from "./mcp/server-options.ts";

/** What serving needs of the process. */
export interface ServeWorld {
  readonly version: string;
  readonly http: HttpSettings;
  readonly log: Log;
  /** Aborted when the user interrupts. */
  readonly signal: AbortSignal;
  /** Tells people where the server is, or why it is not. */
  say(line: string): void;
  /** Opens an address in the user's browser, where there is one. */
  browse(url: string): void;
}

/** Serves MCP until the client is gone or the user interrupts. Loads only the transport that is asked for. */
export async function serve(serving: Serving, service: Service, world: ServeWorld): Promise<ExitCode> {
  const options = {
    version: serving.sandbox === undefined ? world.version : `${world.version}+sandbox`,
    clock: systemClock,
    ...(await toolsOf(serving)),
    onError: (error: unknown) => world.log.write("error", "trouble while serving", { error: traceOf(error) }),
  };
  if (serving.over === "http") return serveHttp(serving, service, options, world);
  if (serving.over === "view") return serveView(service, options, world);
  const { serveStdioServer } = await import("./mcp/stdio.ts");
  world.log.write("info", "serving MCP over stdio");
  await serveStdioServer(service, options);
  return 0;
}

/** The tools that are asked for, marked where the sandbox answers; nothing, where they are simply all. */
async function toolsOf({ tools, sandbox }: Serving): Promise<Pick<ServerOptions, "tools">> {
  if (sandbox === undefined) return tools === undefined ? {} : { tools };
  const [{ sandboxedTool }, all] = await Promise.all([
    import("./mcp/sandboxed-tools.ts"),
    import("./mcp/tools/index.ts"),
  ]);
  return { tools: (tools ?? all.tools).map(sandboxedTool) };
}

async function serveHttp(
  { host, port }: Extract<Serving, { over: "http" }>,
  service: Service,
  options: ServerOptions,
  world: ServeWorld,
): Promise<ExitCode> {
  const { startHttpServer } = await import("./mcp/http/server.ts");
  try {
    const counted = metricsOf(service, world.version);
    // A scrape tells what went wrong.
    counted.catch(() => undefined);
    const server = await startHttpServer(service, {
      ...options,
      ...(service.shared === undefined ? {} : { shared: service.shared }),
      host,
      port,
      settings: world.http,
      metrics: () => counted,
    });
    world.say(`serving MCP over HTTP at ${server.url}`);
    await interrupted(world.signal);
    await server.stop();
    return 0;
  } catch (error) {
    if (!(error instanceof SignalboxError) || error.kind !== "invalid_config") throw error;
    world.say(error.message);
    return 2;
  }
}

/** The view on loopback, on a port of its own, behind a link that is good once. */
async function serveView(service: Service, options: ServerOptions, world: ServeWorld): Promise<ExitCode> {
  const { startHttpServer } = await import("./mcp/http/server.ts");
  const [viewCode, token] = [secret(), secret()];
  const settings: HttpSettings = { ...world.http, token, oauth: null };
  const server = await startHttpServer(service, { ...options, host: "127.0.0.1", port: 0, settings, viewCode });
  const link = new URL(`/dashboard#code=${viewCode}`, server.url).href;
  world.say(`the view, good for one browser, until Ctrl-C: ${link}`);
  world.browse(link);
  await interrupted(world.signal);
  await server.stop();
  return 0;
}

const secret = (): string => randomBytes(32).toString("base64url");

/** Counts from the start of the server. The library loads while the first clients connect. */
async function metricsOf(service: Service, version: string): Promise<MetricsText> {
  const { prometheusMetrics, PROMETHEUS_TYPE } = await import("./telemetry/prometheus.ts");
  const metrics = prometheusMetrics(version);
  service.observe(metrics.observer, () => metrics.close());
  return { contentType: PROMETHEUS_TYPE, text: () => metrics.text() };
}

function interrupted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
