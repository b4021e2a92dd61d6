import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { expect, onTestFinished } from "vitest";
import { executableOf } from "../../../src/checks/web/browser/browser.ts";

const EXECUTABLE = executableOf("auto");
export const HAS_BROWSER = EXECUTABLE !== null;
if (!HAS_BROWSER) console.warn("Skipped: the tests of the view in a browser (no Chromium is installed)");

/** A browser for the tests of a file. They load our own page alone, so that its sandbox, which refuses root, may be off. */
export function startBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: EXECUTABLE ?? "", chromiumSandbox: false });
}

/** What a page did that no page of ours should do. */
export interface Misdeeds {
  /** Errors of scripts, and what the browser refused by the page's policy. */
  readonly errors: readonly string[];
  /** Addresses beyond its own server. */
  readonly strangers: readonly string[];
}

export async function openPage(
  browser: Browser,
  origin: string,
  options: BrowserContextOptions = {},
): Promise<{ readonly page: Page; readonly misdeeds: Misdeeds }> {
  const context = await browser.newContext({ viewport: { width: 1100, height: 900 }, ...options });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const errors: string[] = [];
  const strangers: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => {
    // The browser's own line about an answer of 401 is no defect of the page.
    if (message.type() === "error" && !message.text().includes("401")) errors.push(message.text());
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(origin) && !request.url().startsWith("data:")) strangers.push(request.url());
  });
  return { page, misdeeds: { errors, strangers } };
}

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface AxeRun {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
}

/** What axe-core finds wrong with the page as it is now, by WCAG 2.2 A and AA and its best practices. */
export async function axeFindings(page: Page): Promise<readonly string[]> {
  // Through the debugger: the page's policy admits no other script.
  const session = await page.context().newCDPSession(page);
  await session.send("Runtime.evaluate", { expression: AXE });
  const { result } = await session.send("Runtime.evaluate", {
    expression: "axe.run(document, {resultTypes: ['violations']}).then((run) => JSON.stringify(run))",
    awaitPromise: true,
    returnByValue: true,
  });
  const { violations } = JSON.parse(String(result.value)) as AxeRun;
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(" | ")}`);
}

/** Nothing is wider than the page: no scrolling in two directions (WCAG 1.4.10). */
export async function expectFits(page: Page): Promise<void> {
  const [content, view] = await page.evaluate<[number, number]>(
    "[document.documentElement.scrollWidth, document.documentElement.clientWidth]",
  );
  expect(content).toBeLessThanOrEqual(view);
}
