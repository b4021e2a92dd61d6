import { seemsToHoldPage } from "./seems-to-hold-page.ts";
import { siteOf } from "./site.ts";

/**
 * Longer answers, in UTF-16 units, are not loaded in a browser: their files are taken apart on the thread that serves requests, which
 * took 82 ms for the worst 390,000.
 */
export const BROWSER_MAX_CHARS = 60_000;

/** Whether an answer holds a page that a browser can load as it stands. Takes milliseconds. */
export function isForBrowser(text: string): boolean {
  return text.length <= BROWSER_MAX_CHARS && seemsToHoldPage(text) && siteOf(text) !== null;
}
