import type { JSONRPCMessage } from "@modelcontextprotocol/server";
import { onTestFinished } from "vitest";
import type { ServerOptions } from "../../../src/mcp/server-options.ts";
import { serveStdioServer } from "../../../src/mcp/stdio.ts";
import { type ClientKind, connectInMemory, type TestClient } from "../../support/clients.ts";
import { fakeService, type FakeService } from "../../support/fake-service.ts";
import { type ManualClock, manualClock } from "./manual-clock.ts";

export interface Connected {
  readonly client: TestClient;
  readonly service: FakeService;
  readonly clock: ManualClock;
  /** The server's log. */
  readonly errors: readonly unknown[];
  /** Every message that the server has put on the line. */
  readonly sent: readonly JSONRPCMessage[];
}

/** A client of this kind on our server, in memory; closed when the test ends. */
export async function connect(
  kind: ClientKind,
  service: FakeService = fakeService(),
  over: Partial<ServerOptions> = {},
): Promise<Connected> {
  const clock = manualClock();
  const errors: unknown[] = [];
  const options = { version: "1.2.3", clock, onError: (error: unknown) => errors.push(error), ...over };
  const sent: JSONRPCMessage[] = [];
  const client = await connectInMemory(kind, (serverEnd) => {
    const send = serverEnd.send.bind(serverEnd);
    serverEnd.send = (message, sendOptions) => {
      sent.push(message);
      return send(message, sendOptions);
    };
    void serveStdioServer(service, options, serverEnd);
  });
  onTestFinished(() => client.close());
  return { client, service, clock, errors, sent };
}
