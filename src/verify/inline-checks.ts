import type { Check } from "../checks/kit/check.ts";
import { labels } from "../checks/text/checks/labels.ts";
import { text } from "../checks/text/checks/text.ts";

/** The checks that only scan the text. On small answers they are cheap enough for the thread that serves requests. */
export const INLINE_CHECKS: ReadonlyMap<string, Check> = new Map(
  [text, labels].map((check): [string, Check] => [check.name, check]),
);

/**
 * The size limit for answer and request together, in characters. The slowest of the checks above took 112 ms for the worst 50,000
 * characters on a busy machine, and no check may block other calls for 50 ms.
 */
export const INLINE_MAX_CHARS = 16_000;

/** The checks that every task gets. */
export const UNIVERSAL_CHECKS: readonly string[] = [text.name];

/** The checks that wait for another process. */
export async function MAIN_CHECKS(): Promise<ReadonlyMap<string, Check>> {
  const { ownTest } = await import("../checks/text/checks/own-test.ts");
  const { acceptPage } = await import("../checks/web/accept-page.ts");
  const { pageInBrowser } = await import("../checks/web/page-in-browser.ts");
  return new Map([ownTest, acceptPage, pageInBrowser].map((check) => [check.name, check]));
}
