import { describe, expect, test } from "vitest";
import { CLIENT_KINDS } from "../support/clients.ts";
import { connect } from "./support/connect.ts";

describe.each(CLIENT_KINDS)("accept, given by a %s client", (kind) => {
  test("reaches the service as the client wrote it, from every tool that takes it", async () => {
    const { client, service } = await connect(kind);
    const accept = [{ contains: "x" }, { element: { role: "button", name: "Save" } }];
    await client.callTool("route_task", { task: "code", prompt: "do", accept });
    expect(service.routeInputs).toMatchObject([{ accept }]);
    expect((await client.callTool("estimate_cost", { task: "code", prompt: "do", accept })).isError).toBe(false);
    const batch = await client.callTool("route_batch", { tasks: [{ task: "code", prompt: "do", accept }] });
    expect(batch.isError).toBe(false);
  });

  test("is a list of objects", async () => {
    const { client } = await connect(kind);
    const alone = await client.callTool("route_task", { task: "code", prompt: "do", accept: { contains: "x" } });
    expect(alone).toMatchObject({ isError: true, structured: { error: { code: "invalid_request" } } });
    expect(alone.texts[0]).toContain("accept: expected a list, got an object");
    const tasks = [{ task: "code", prompt: "do", accept: [{ contains: "x" }, "f(1) === 2"] }];
    const text = await client.callTool("route_batch", { tasks });
    expect(text.texts[0]).toContain('tasks[0].accept[1]: expected an object, got the string "f(1) === 2"');
  });

  test("is described to agents as the way to a verified answer", async () => {
    const { client } = await connect(kind);
    const tool = (await client.listTools()).find(({ name }) => name === "route_task");
    expect(tool?.description).toContain("To get a verified answer, give accept");
  });
});
