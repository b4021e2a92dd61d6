import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * `npm run inspect`: the official Inspector's command line holds our tools against the protocol, strictly, in both eras, over stdio
 * and HTTP. It is large (a web application with its build tools), so it is fetched when asked for and no dependency.
 */
const INSPECTOR = "@modelcontextprotocol/inspector@2.12.0";
const LAUNCH = fileURLToPath(new URL("../dist/bin.js", import.meta.url));

const folder = mkdtempSync(join(tmpdir(), "signalbox-inspect-"));
const env = { ...process.env, SIGNALBOX_DB: join(folder, "ledger.sqlite") };
const server = spawn(process.execPath, [LAUNCH, "serve", "--http", "--port", "0"], {
  env,
  stdio: ["ignore", "ignore", "pipe"],
});
const url = await new Promise<string>((resolve) => {
  server.stderr.on("data", (part: Buffer) => {
    const output = /http:\S+/u.exec(part.toString())?.[0];
    if (output !== undefined) resolve(output);
  });
});

const WAYS = {
  stdio: [process.execPath, LAUNCH],
  http: [url, "--transport", "http"],
};

let failures = 0;
for (const [way, target] of Object.entries(WAYS)) {
  for (const era of ["modern", "legacy"]) {
    const asked = ["--protocol-era", era, "--method", "tools/list", "--strict"];
    const args = ["--yes", INSPECTOR, "--cli", ...target, ...asked];
    const { status, stdout, stderr } = spawnSync("npx", args, { encoding: "utf8", env });
    console.log(`${status === 0 ? "ok    " : "FAILED"} tools/list --strict, ${era} era, ${way}`);
    if (status === 0) continue;
    failures += 1;
    console.log(stdout + stderr);
  }
}
server.kill();
rmSync(folder, { recursive: true });
process.exitCode = failures === 0 ? 0 : 1;
