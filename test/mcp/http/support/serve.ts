import { onTestFinished } from "vitest";
import { type HttpServerOptions, type RunningServer, startHttpServer } from "../../../../src/mcp/http/server.ts";
import { DEFAULT_HTTP_SETTINGS, type HttpSettings } from "../../../../src/core/http-settings.ts";
import { type ClientKind, connectHttp, type TestClient } from "../../../support/clients.ts";
import { fakeService, type FakeService } from "../../../support/fake-service.ts";
import { type ManualClock, manualClock } from "../../support/manual-clock.ts";

export interface Served {
  readonly service: FakeService;
  readonly clock: ManualClock;
  /** What the log would hear. */
  readonly errors: readonly unknown[];
  readonly server: RunningServer;
  /** Of a path of the server. */
  readonly url: (path: string) => URL;
  readonly connect: (kind: ClientKind, path?: "/mcp" | "/sse", token?: string) => Promise<TestClient>;
}

export type ServeOptions = Partial<HttpSettings> & Pick<HttpServerOptions, "headersTimeoutMs" | "build">;

/** Our HTTP server on a fake service and a clock that stands still, on a free port; stopped when the test ends. */
export async function serveHttp(options: ServeOptions = {}, service = fakeService()): Promise<Served> {
  const { headersTimeoutMs, build, ...settings } = options;
  const clock = manualClock();
  const errors: unknown[] = [];
  const server = await startHttpServer(service, {
    version: "1.2.3",
    clock,
    onError: (error) => errors.push(error),
    host: "127.0.0.1",
    port: 0,
    settings: { ...DEFAULT_HTTP_SETTINGS, drainMs: 0, ...settings },
    ...(headersTimeoutMs === undefined ? {} : { headersTimeoutMs }),
    ...(build === undefined ? {} : { build }),
  });
  onTestFinished(() => server.stop());
  const url = (path: string): URL => new URL(path, server.url);
  return {
    service,
    clock,
    errors,
    server,
    url,
    connect: async (kind, path = "/mcp", token) => {
      const client = await connectHttp(kind, url(path), token);
      onTestFinished(() => client.close());
      return client;
    },
  };
}
