import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { conclude, printMarkdown } from "../bench/markdown.ts";
import { CLIENTS } from "./clients.ts";
import type { DrivenClient } from "./clients/client.ts";
import { makeBareHome } from "./home.ts";
import { MEDIAN, PROMPT } from "./rows.ts";
import { startScriptedModel } from "./scripted-model.ts";

/**
 * `npm run e2e:bare`: a first answer in a real client on a machine that has Node and the client and nothing else, in two commands:
 * `npx signalbox setup CLIENT --sandbox` (here of the packed tarball, with an empty cache), then a prompt in the client.
 */
const MOST_MS = 60_000;
/** How this machine reaches the registry. */
const NETWORK = Object.fromEntries(
  Object.entries(process.env).flatMap(([name, value]) =>
    /^(?:https?_proxy|no_proxy|node_extra_ca_certs|npm_config_registry)$/i.test(name) ? [[name, value ?? ""]] : [],
  ),
);
const work = mkdtempSync(path.join(tmpdir(), "signalbox-bare-"));
const broken: string[] = [];
try {
  const root = fileURLToPath(new URL("..", import.meta.url));
  const packed = execFileSync("npm", ["pack", "--silent", "--pack-destination", work], { cwd: root, encoding: "utf8" });
  const tarball = path.join(work, packed.trim().split("\n").at(-1) ?? "");
  const rows: string[][] = [];
  for (const client of CLIENTS) rows.push(await rowOf(client, tarball));
  printMarkdown("From a bare machine to the first answer", [
    ["client", "npx signalbox setup … --sandbox", "the first prompt", "together", "answer and verdict"],
    ...rows,
  ]);
} finally {
  rmSync(work, { recursive: true, force: true });
}
conclude(broken);

async function rowOf(client: DrivenClient, tarball: string): Promise<string[]> {
  const model = await startScriptedModel(MEDIAN);
  const home = await makeBareHome(client, model.origin, NETWORK);
  try {
    const startedMs = performance.now();
    const setUp = await home
      .run("npx", ["--yes", "--package", tarball, "signalbox", "setup", client.id, "--sandbox"])
      .end(MOST_MS);
    const setUpMs = performance.now();
    const asked = await home.start(client.run(PROMPT)).end(MOST_MS);
    const endMs = performance.now();
    const isRight = /function median/.test(asked.output) && /\bverified\b/.test(model.result() ?? "");
    if (!isRight) broken.push(`${client.title}: ${setUp.output.slice(-300)} ${asked.output.slice(-300)}`);
    const seconds = [setUpMs - startedMs, endMs - setUpMs, endMs - startedMs];
    return [client.title, ...seconds.map((ms) => `${(ms / 1000).toFixed(1)} s`), isRight ? "yes" : "no"];
  } finally {
    await home.close();
    await model.close();
  }
}
