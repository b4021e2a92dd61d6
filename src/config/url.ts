import { isLoopback } from "../core/loopback.ts";
import type { Path, Problems } from "./problem.ts";

/** What is wrong with a base URL, or `null`. The URL itself is never shown: it may carry a password. */
export function urlProblem(text: string): { readonly message: string; readonly expected: string } | null {
  const expected = "a URL such as https://host/v1";
  if (!URL.canParse(text.trim())) return { message: "is not a URL", expected };
  const url = new URL(text.trim());
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    return {
      message: `begins with ${url.protocol.slice(0, 20)}`,
      expected: "a URL that begins with http:// or https://",
    };
  }
  if (url.username !== "" || url.password !== "") {
    return { message: "carries a user name or password", expected: "the key in a variable of its own (api_key_env)" };
  }
  if (url.search !== "" || url.hash !== "") return { message: "carries a query or a fragment", expected };
  return null;
}

/** What goes over an open line can be read and changed, unless the line ends on this machine. The URL itself is never shown. */
export function requireSafeUrl(path: Path, text: string, problems: Problems): void {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isSafe = url?.protocol === "https:" || (url?.protocol === "http:" && isLoopback(url.hostname));
  if (isSafe && url.username === "" && url.password === "") return;
  problems.addUnlessKnown(path, "is not a URL that can be trusted", "a URL that begins with https://");
}
