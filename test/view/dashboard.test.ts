import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { systemClock } from "../../src/app.ts";
import { DEFAULT_HTTP_SETTINGS } from "../../src/core/http-settings.ts";
import { startHttpServer } from "../../src/mcp/http/server.ts";
import { axeFindings, expectFits, HAS_BROWSER, openPage, startBrowser } from "./support/browser.ts";
import { ledgerWithRequests } from "./support/ledger-with-requests.ts";

let browser: Browser;
beforeAll(async () => {
  if (HAS_BROWSER) browser = await startBrowser();
});
afterAll(() => browser?.close());

async function served(token: string | null = "owners") {
  const world = await ledgerWithRequests();
  const server = await startHttpServer(world.service, {
    version: "1",
    clock: systemClock,
    onError: (error) => {
      throw error;
    },
    host: "127.0.0.1",
    port: 0,
    settings: { ...DEFAULT_HTTP_SETTINGS, token },
  });
  onTestFinished(() => server.stop());
  const { origin } = new URL(server.url);
  return { ...world, origin, address: `${origin}/dashboard` };
}

describe.skipIf(!HAS_BROWSER)("the view in a browser", () => {
  it("asks for the token, refuses a wrong one, and shows all of its parts with the right one", async () => {
    const { address, origin } = await served();
    const { page, misdeeds } = await openPage(browser, origin);
    await page.goto(address);
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.getByLabel(/^Token of the server/).fill("wrong");
    await page.keyboard.press("Enter");
    await page.getByText("The token is not valid here").waitFor();
    await page.getByLabel(/^Token of the server/).fill("owners");
    await page.keyboard.press("Enter");
    for (const name of [
      "What is promised",
      "Spend",
      "Requests",
      "Latency",
      "Budgets left",
      "Breakers",
      "Latest requests",
    ])
      await page.getByRole("heading", { name, exact: true }).waitFor();
    const figures = ["Spend by day", "Spend by model", "Spend by task", "How requests ended", "Budgets"];
    for (const name of figures) expect(await page.getByRole("figure", { name, exact: true }).count()).toBe(1);
    expect(
      await page
        .getByRole("figure")
        .filter({ has: page.locator("details table") })
        .count(),
    ).toBe(await page.getByRole("figure").count());
    const [cookie] = await page.context().cookies();
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Strict", path: "/dashboard" });
    expect(cookie?.value).not.toContain("owners");
    expect(page.url()).toBe(address);
    expect(misdeeds).toEqual({ errors: [], strangers: [] });
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByText("You have signed out.").waitFor();
    await page.reload();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
  });

  it("says the figures of the ledger", async () => {
    const { address, origin, service } = await served(null);
    const { page } = await openPage(browser, origin);
    await page.goto(address);
    const dashboard = await service.dashboard(30);
    if (!dashboard.ok) throw new Error(dashboard.error.message);
    const { report, by_task: tasks } = dashboard.value;
    expect(report).toMatchObject({
      requests: 6,
      saved_requests: { by_fallback: 1, by_repair: 1 },
      success: { failed: 1 },
    });
    const number = (name: string) => page.locator(".number").filter({ hasText: name }).locator("strong").textContent();
    await page.getByRole("heading", { name: "Spend", exact: true }).waitFor();
    expect(await number("First model was right")).toBe(`${((report.right_model.share ?? 0) * 100).toFixed(1)}%`);
    await page.getByText(`target 99.5%: ${report.success.mark}`).waitFor();
    expect(await number("Saved by a fallback")).toBe("1");
    expect(await number("Saved by a repair")).toBe("1");
    expect(await number("Success")).toBe("83.3%");
    const table = page.getByRole("figure", { name: "Spend by task", exact: true });
    await table.getByText("Table").click();
    expect(await table.getByRole("row").count()).toBe(tasks.length + 1);
    await page.getByRole("radio", { name: "7", exact: true }).check();
    const days = page.getByRole("figure", { name: "Spend by day" }).locator("rect.cost title");
    await expect.poll(() => days.count()).toBe(7);
  });

  it.each(["light", "dark"] as const)(
    "is clean by axe-core, %s, with its tables open, and so is a receipt",
    async (scheme) => {
      const { address, origin, repaired } = await served(null);
      const { page, misdeeds } = await openPage(browser, origin, { colorScheme: scheme });
      await page.goto(address);
      await page.getByRole("heading", { name: "Spend", exact: true }).waitFor();
      await page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true");
      expect(await axeFindings(page)).toEqual([]);
      await page.getByRole("button", { name: new RegExp(repaired) }).click();
      await page.getByRole("heading", { name: "code generation: accepted" }).waitFor();
      await page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true");
      expect(await axeFindings(page)).toEqual([]);
      expect(misdeeds).toEqual({ errors: [], strangers: [] });
    },
  );

  it("shows the calls of a request in time, by keyboard alone, and leads back to where it was", async () => {
    const { address, origin, repaired } = await served(null);
    const { page } = await openPage(browser, origin);
    await page.goto(address);
    const button = page.getByRole("button", { name: new RegExp(repaired) });
    await button.focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "code generation: accepted" }).waitFor();
    expect(await page.evaluate("document.activeElement.id")).toBe("receipt");
    const figure = page.getByRole("figure", { name: "Calls of this request" });
    expect(await figure.getByRole("img").getAttribute("aria-label")).toMatch(
      /, answer: rejected after .*, repair: accepted after /,
    );
    const [first, second] = await Promise.all(
      ["rect.warn", "g[transform] rect.good"].map((bar) => figure.locator(`.drawing ${bar}`).first().boundingBox()),
    );
    // The repair began when the first answer was there.
    expect(second?.x ?? 0).toBeGreaterThanOrEqual((first?.x ?? 0) + (first?.width ?? 0) - 1);
    await page.getByRole("button", { name: "Back to all requests" }).focus();
    await page.keyboard.press("Enter");
    await button.waitFor();
    await expect.poll(() => page.evaluate("document.activeElement.id")).toBe(repaired);
  });

  it("fits a screen of 320 pixels, where its text stays as large", async () => {
    const { address, origin, fallenBack } = await served(null);
    const { page } = await openPage(browser, origin, { viewport: { width: 320, height: 700 } });
    await page.goto(address);
    await page.getByRole("heading", { name: "Spend", exact: true }).waitFor();
    await page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true");
    await expectFits(page);
    const names = await page.locator("svg text.name").all();
    expect(names.length).toBeGreaterThan(10);
    for (const name of names) {
      const [box, figure] = await Promise.all([name, name.locator("+ text.value")].map((text) => text.boundingBox()));
      expect(box?.height ?? 0).toBeGreaterThan(12);
      // Beside the name, or below it.
      const isBeside = (box?.x ?? 0) + (box?.width ?? 0) <= (figure?.x ?? 0);
      expect(isBeside || (figure?.y ?? 0) > (box?.y ?? 0) + 10).toBe(true);
    }
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole("button", { name: new RegExp(fallenBack) }).click();
    await page.getByRole("heading", { name: "general: accepted" }).waitFor();
    await expectFits(page);
  });

  it("says in words what is wrong", async () => {
    const { address, origin } = await served(null);
    const { page } = await openPage(browser, origin);
    await page.route("**/dashboard/data*", (route) => route.abort());
    await page.goto(address);
    await page.getByText("The server cannot be reached. Is it still running?").waitFor();
  });
});
