import { render } from "preact";
import { CallApp } from "./call-app.tsx";
import { connectToHost } from "./host-source.ts";
import { httpSource } from "./http-source.ts";
import { PageApp } from "./page-app.tsx";

const place = document.querySelector("main");
if (place === null) throw new Error("The page has no main");

if (window.parent === window) {
  // A code that is good once, behind the #: no server and no log sees it, and it leaves the address at once.
  const code = /^#code=(?<code>[\w-]+)$/u.exec(location.hash)?.groups?.["code"] ?? null;
  if (code !== null) history.replaceState(null, "", location.pathname);
  render(<PageApp source={httpSource()} code={code} />, place);
} else {
  connectToHost(window.parent).then(
    (host) => render(<CallApp host={host} />, place),
    () => render(<p role="alert">The program that shows this page does not speak MCP Apps.</p>, place),
  );
}
