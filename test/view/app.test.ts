import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Client, type Transport } from "@modelcontextprotocol/client";
import { AppBridge, getToolUiResourceUri, RESOURCE_MIME_TYPE } from "@modelcontextprotocol/ext-apps/app-bridge";
import { InMemoryTransport } from "@modelcontextprotocol/server";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { systemClock } from "../../src/app.ts";
import { serveStdioServer } from "../../src/mcp/stdio.ts";
import { HAS_BROWSER, openPage, startBrowser } from "./support/browser.ts";
import { ledgerWithRequests } from "./support/ledger-with-requests.ts";

let browser: Browser;
beforeAll(async () => {
  if (HAS_BROWSER) browser = await startBrowser();
});
afterAll(() => browser?.close());

/** A real MCP client on our server, with a ledger of real requests. */
async function connected() {
  const world = await ledgerWithRequests();
  const [clientEnd, serverEnd] = InMemoryTransport.createLinkedPair();
  const onError = (error: unknown): never => {
    throw error;
  };
  void serveStdioServer(world.service, { version: "1", clock: systemClock, onError }, serverEnd);
  const client = new Client({ name: "host", version: "1" });
  await client.connect(clientEnd);
  onTestFinished(() => client.close());
  return { ...world, client };
}

/** What a host puts around a page: a sandbox without the host's origin, and no network (MCP Apps, 2026-01-26). */
const AROUND = `<!doctype html><html lang="en"><title>host</title>
  <iframe title="view" sandbox="allow-scripts" style="width: 700px; height: 1600px; border: 0"></iframe>`;
const POLICY =
  "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'none'";

/** Shows the page of a tool as an MCP client does, with the protocol's own bridge on the host's side, and hands it the tool's result. */
async function shownBeside(
  client: Client,
  name: string,
  args: Record<string, unknown>,
  { theme = "light", reads = true }: { readonly theme?: "light" | "dark"; readonly reads?: boolean } = {},
) {
  const { tools } = await client.listTools();
  const tool = tools.find((each) => each.name === name);
  const uri = tool === undefined ? undefined : getToolUiResourceUri(tool);
  const { contents } = await client.readResource({ uri: uri ?? "" });
  const [content] = contents;
  expect(content).toMatchObject({ mimeType: RESOURCE_MIME_TYPE, uri });
  const html = content !== undefined && "text" in content ? content.text : "";
  const server = createServer((request, response) => {
    const isView = request.url === "/view";
    response.setHeader("content-type", "text/html; charset=utf-8");
    if (isView) response.setHeader("content-security-policy", POLICY);
    response.end(isView ? html : AROUND);
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { page, misdeeds } = await openPage(browser, origin);
  const sizes: number[] = [];
  const bridge = new AppBridge(client, { name: "host", version: "1" }, reads ? { serverResources: {} } : {}, {
    hostContext: { theme },
  });
  bridge.onsizechange = ({ height }) => void sizes.push(height ?? 0);
  const initialized = new Promise<void>((resolve) => (bridge.oninitialized = () => resolve()));
  await page.goto(origin);
  await bridge.connect(await transportTo(page));
  await page.locator("iframe").evaluate((frame) => frame.setAttribute("src", "/view"));
  await initialized;
  await bridge.sendToolInput({ arguments: args });
  const result = await client.callTool({ name, arguments: args });
  await bridge.sendToolResult(result);
  return { view: page.frameLocator("iframe"), page, misdeeds, sizes, html, result };
}

/** The bridge runs here, the page in the browser: messages are handed across as the window would hand them. */
async function transportTo(page: Page): Promise<Transport> {
  const transport: Transport = {
    start: async () => undefined,
    close: async () => transport.onclose?.(),
    send: async (message) => {
      const post = "document.querySelector('iframe').contentWindow.postMessage";
      await page.evaluate(`${post}(${JSON.stringify(message)}, "*")`);
    },
  };
  await page.exposeFunction("toBridge", (text: string) => transport.onmessage?.(JSON.parse(text)));
  await page.evaluate(
    "window.addEventListener('message', ({ data, source }) => { if (source === document.querySelector('iframe').contentWindow) window.toBridge(JSON.stringify(data)); })",
  );
  return transport;
}

describe.skipIf(!HAS_BROWSER)("the view as an MCP App", () => {
  it("shows the report of spend_report, and all of the view where the host reads resources", async () => {
    const { client } = await connected();
    const { view, misdeeds, sizes } = await shownBeside(client, "spend_report", { group_by: "task" });
    await view.getByRole("figure", { name: "Spend by task" }).first().waitFor();
    await view.getByRole("heading", { name: "This report" }).waitFor();
    await view.getByRole("heading", { name: "Latest requests" }).waitFor();
    expect(await view.getByRole("button", { name: "Sign out" }).count()).toBe(0);
    await view.getByRole("button", { name: /^code generation/ }).click();
    await view.getByRole("figure", { name: "Calls of this request" }).waitFor();
    expect(Math.max(...sizes)).toBeGreaterThan(500);
    expect(misdeeds).toEqual({ errors: [], strangers: [] });
  });

  it("shows the calls of a route_task, in the theme of the host", async () => {
    const { client } = await connected();
    const given = { task: "general", prompt: "What is a signal box?" };
    const { view, page, misdeeds, result } = await shownBeside(client, "route_task", given, { theme: "dark" });
    await view.getByRole("figure", { name: "Calls of this request" }).waitFor();
    const { route_id: routeId } = result.structuredContent as { readonly route_id: string };
    await view.getByText(routeId).waitFor();
    const back = await page.frames().at(-1)?.evaluate("getComputedStyle(document.body).backgroundColor");
    expect(back).toBe("rgb(15, 19, 24)");
    expect(misdeeds).toEqual({ errors: [], strangers: [] });
  });

  it("shows the result alone where the host reads no resources, and the message of a failure", async () => {
    const { client } = await connected();
    const given = { task: "general", prompt: "What is a signal box?" };
    const { view, misdeeds } = await shownBeside(client, "route_task", given, { reads: false });
    await view.getByRole("heading", { name: "accepted" }).waitFor();
    await view.getByText(/^signalbox:\/\/routes\//).waitFor();
    const failed = await shownBeside(client, "route_task", { task: "none", prompt: "x" }, { reads: false });
    await failed.view.getByRole("alert").filter({ hasText: 'Unknown task "none"' }).waitFor();
    expect(misdeeds.errors).toEqual([]);
  });
});

describe("the page of the view", () => {
  it("is one file under 150 KB, the same for both tools, that names no other host", async () => {
    const { client } = await connected();
    const pages = await Promise.all(
      ["ui://signalbox/spend", "ui://signalbox/route"].map(async (uri) => {
        const { contents } = await client.readResource({ uri });
        const [content] = contents;
        return content !== undefined && "text" in content ? content.text : "";
      }),
    );
    const [page = ""] = pages;
    expect(new Set(pages).size).toBe(1);
    expect(page.length).toBeGreaterThan(20_000);
    expect(Buffer.byteLength(page)).toBeLessThan(150_000);
    // Names of namespaces are no addresses.
    const addresses = page.match(/https?:\/\/[\w.-]+/gu) ?? [];
    expect(new Set(addresses)).toEqual(new Set(["http://www.w3.org"]));
    expect(page).toMatch(/content="default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-[^']+'/u);
  });
});
