import type { ProxySettings } from "../core/endpoint-settings.ts";
import type { Environment } from "./environment.ts";
import type { Path, Problems } from "./problem.ts";

const EXPECTED = "the URL of an HTTP proxy, such as http://proxy:3128";

/** `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`, in either case; `null`: none is set. A lower-case name goes first, as in other tools. */
export function readProxy(env: Environment, problems: Problems): ProxySettings | null {
  const read = (name: string): string | null => env.read(name.toLowerCase()) ?? env.read(name);
  const url = (name: string): string | null => {
    const text = read(name);
    return text === null ? null : proxyUrl(text, [name], problems);
  };
  const http = url("HTTP_PROXY");
  const https = url("HTTPS_PROXY");
  return http === null && https === null ? null : { http, https, except: read("NO_PROXY") ?? "", loopback: false };
}

/** A provider's own proxy: asked for by name, so that it serves this machine's own addresses too. */
export function readOwnProxy(text: string, path: Path, problems: Problems): ProxySettings | null {
  if (text.trim().toLowerCase() === "none") return null;
  const url = proxyUrl(text, path, problems);
  return url === null ? null : { http: url, https: url, except: "", loopback: true };
}

/** "proxy:3128" is a URL without its scheme. The text itself is not repeated: it may carry a password. */
function proxyUrl(text: string, path: Path, problems: Problems): string | null {
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(text.trim()) ? text.trim() : `http://${text.trim()}`;
  const url = URL.parse(full);
  if (url !== null && /^https?:$/.test(url.protocol) && url.hostname !== "") return full;
  const message = url === null || url.hostname === "" ? "is not a URL" : `begins with ${url.protocol.slice(0, 20)}`;
  problems.addUnlessKnown(path, message, EXPECTED);
  return null;
}
