import type { Subject } from "../../kit/check.ts";
import { visit, type Visited } from "./browser.ts";
import { seemsToHoldPage } from "./seems-to-hold-page.ts";
import { siteOf } from "./site.ts";

/** A page is looked at once, however many checks want to know of it. Keyed by what all checks of one answer share. */
const recent = new WeakMap<object, { readonly text: string; readonly visited: Promise<Visited> }>();

/**
 * Loads the page of an answer in the browser of the config; `null`: no browser is wanted, or there is no page that it could load.
 * For the main thread alone, where such answers are checked: a browser that a worker starts is left behind when the worker is ended.
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
  // What could not be done now may be done the next time.
  if ("unmade" in result) recent.delete(context);
  return result;
}
