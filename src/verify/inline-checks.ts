import type { Check } from "../checks/kit/check.ts";
import { text } from "../checks/text/checks/text.ts";

/** The check that only scans the text. On small answers it is cheap enough for the thread that serves requests. */
export const INLINE_CHECKS: ReadonlyMap<string, Check> = new Map([[text.name, text]]);

/**
 * The size limit for answer and request together, in characters. The worst 16,000 characters of some 70 kinds took 14 ms of this
 * thread, and nothing may stop it for 20 ms.
 */
export const INLINE_MAX_CHARS = 8_000;

/** The checks that every task gets. */
export const UNIVERSAL_CHECKS: readonly string[] = [text.name];

/** The checks that wait for another process. */
export async function MAIN_CHECKS(): Promise<ReadonlyMap<string, Check>> {
  const { ownTest } = await import("../checks/text/checks/own-test.ts");
  const { acceptPage } = await import("../checks/web/accept-page.ts");
  const { pageInBrowser } = await import("../checks/web/page-in-browser.ts");
  return new Map([ownTest, acceptPage, pageInBrowser].map((check) => [check.name, check]));
}
