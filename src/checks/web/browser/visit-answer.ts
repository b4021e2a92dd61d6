import type { Subject } from "../../kit/check.ts";
import { visit, type Visited } from "./browser.ts";
import { seemsToHoldPage } from "./seems-to-hold-page.ts";
import { siteOf } from "./site.ts";

/** A page is loaded once for all checks. The key is an object that all checks of one answer share. */
const recent = new WeakMap<object, { readonly text: string; readonly visited: Promise<Visited> }>();

/**
 * Loads the page of an answer in the config's browser; `null`: the config names no browser, or the answer holds no loadable page.
 * Only for the main thread: if a worker started a browser, ending the worker would leave the browser running.
 */
export async function visitAnswer({ text, context, browser }: Subject, signal: AbortSignal): Promise<Visited | null> {
  if (browser === undefined || !seemsToHoldPage(text)) return null;
  const before = recent.get(context);
  if (before?.text === text) return before.visited;
  const site = siteOf(text);
  if (site === null) return null;
  const visited = visit(browser, site, signal);
  recent.set(context, { text, visited });
  const result = await visited;
  // A failed visit may succeed the next time.
  if ("unmade" in result) recent.delete(context);
  return result;
}
