import { describe, expect, test } from "vitest";
import { chooseTools } from "../../src/mcp/select-tools.ts";
import { CLIENT_KINDS } from "../support/clients.ts";
import { connect } from "./support/connect.ts";

function chosen(names: readonly string[] | null, readOnly = false) {
  const choice = chooseTools({ names, readOnly });
  if (!choice.ok) throw new Error(choice.problem);
  return choice.tools;
}

describe.each(CLIENT_KINDS)("a server with some of the tools, seen by a %s client", (kind) => {
  test("lists and calls only those, and speaks of no other", async () => {
    const { client } = await connect(kind, undefined, { tools: chosen(["estimate_cost", "route_task"]) });
    expect((await client.listTools()).map(({ name }) => name)).toEqual(["route_task", "estimate_cost"]);
    expect(client.instructions).not.toMatch(/report_outcome|route_batch/u);
    await expect(client.callTool("spend_report", {})).rejects.toThrow(/spend_report not found/u);
    expect((await client.callTool("route_task", { task: "code", prompt: "hello" })).isError).toBe(false);
  });

  test("that only reads has no tool that spends or changes anything", async () => {
    const { client } = await connect(kind, undefined, { tools: chosen(null, true) });
    const tools = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(["estimate_cost", "get_receipt", "list_models", "spend_report"]);
    for (const { annotations } of tools) expect(annotations).toMatchObject({ readOnlyHint: true });
    expect(client.instructions).not.toMatch(/route_task/u);
    await expect(client.callTool("route_task", { task: "code", prompt: "hello" })).rejects.toThrow(/not found/u);
  });
});

test.each([
  [["rout_task", "spend_report"], false, 'unknown tool "rout_task"; did you mean "route_task"?'],
  [["route_task"], true, "no tool is left: none of these only reads"],
  [[], false, "no tool is left: no tool is named"],
] as const)("a choice of %j that leaves no tool is reported", (names, readOnly, words) => {
  const choice = chooseTools({ names, readOnly });
  expect(choice.ok ? "" : choice.problem).toContain(words);
});
