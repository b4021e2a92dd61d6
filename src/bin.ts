#!/usr/bin/env node
/**
 * The bin. Runs on any Node that knows modules, so that an old one is told what to do instead of crashing in a dependency:
 * it hands over to a newer Node that is installed beside the package, or says which one is needed, on stderr and to an MCP client.
 * Bun is treated like an old Node: it lacks parts of Node that checks need, and puts no limit on a worker's memory.
 * Imports nothing but node:* and refuse.ts; everything else waits until the version is known to do.
 */
const LEAST_NODE = [22, 14] as const;
const EXIT_WRONG_USAGE = 2;
/** By the POSIX convention a process that a signal ended counts as 128 + its number. */
const EXIT_SIGNAL_BASE = 128;

/** Bun says which Node it is like in the same place, so it is looked for by its own name. */
const { bun } = process.versions;

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > LEAST_NODE[0] || (major === LEAST_NODE[0] && minor >= LEAST_NODE[1]);
}

/** The binary of the `node` package in the nearest `node_modules` from here upwards, or `null`. One that is too old does not count. */
async function findBundledNode(): Promise<string | null> {
  const { existsSync, readFileSync } = await import("node:fs");
  const { default: path } = await import("node:path");
  const { fileURLToPath } = await import("node:url");
  let directory = path.dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const packageRoot = path.join(directory, "node_modules", "node");
    const binary = ["node", "node.exe"]
      .map((name) => path.join(packageRoot, "bin", name))
      .find((file) => existsSync(file));
    if (binary !== undefined && existsSync(path.join(packageRoot, "package.json"))) {
      const { version } = JSON.parse(readFileSync(path.join(packageRoot, "package.json"), "utf8")) as {
        version: string;
      };
      if (isNewEnough(version)) return binary;
    }
    if (path.dirname(directory) === directory) return null;
    directory = path.dirname(directory);
  }
}

/** Runs this same command line under `binary`; resolves to its exit code. */
async function handOver(binary: string): Promise<number> {
  const { spawn } = await import("node:child_process");
  const { constants } = await import("node:os");
  return new Promise((resolve, reject) => {
    const child = spawn(binary, [...process.execArgv, ...process.argv.slice(1)], { stdio: "inherit" });
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => child.kill(signal));
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      resolve(code ?? EXIT_SIGNAL_BASE + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}

if (bun === undefined && isNewEnough(process.versions.node)) {
  // From the second start on, Node reads the compiled code of the bundle from its cache.
  const { enableCompileCache } = await import("node:module");
  enableCompileCache();
  const { main } = await import("./main.ts");
  await main();
} else {
  const binary = await findBundledNode();
  if (binary === null) {
    const here = bun === undefined ? process.versions.node : `Bun ${bun}`;
    const need = `needs Node ${LEAST_NODE.join(".")} or newer, this is ${here}. Install a current one from https://nodejs.org, or add the npm package "node" beside signalbox.`;
    process.stderr.write(`signalbox: ${need}\n`);
    process.exitCode = EXIT_WRONG_USAGE;
    const { refuseToServe, servesStdio } = await import("./refuse.ts");
    if (servesStdio(process.argv.slice(2)) && !process.stdin.isTTY) {
      await refuseToServe(`Signalbox cannot serve: it ${need}`, process.stdin, process.stdout);
    }
  } else {
    process.exitCode = await handOver(binary);
  }
}
