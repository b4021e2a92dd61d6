import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, lstatSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { conclude, printMarkdown } from "./markdown.ts";

/**
 * `npm run bench:package`: what `npm pack` made, installed into an empty project by each package manager on each Node, without any
 * install script and with an empty cache; then whether it works there. The managers and Nodes come from the registry too.
 */
const ROOT = fileURLToPath(new URL("..", import.meta.url));
const MOST_MB = 120;
const MOST_MS = 300_000;

interface Manager {
  readonly name: string;
  /** Its program under `node_modules`, and whether Node runs it. */
  readonly program: readonly [path: string, isScript: boolean];
  /** Arguments that install the tarball and run no install script. */
  readonly install: (tarball: string) => readonly string[];
  /** Files of its own in the project. */
  readonly files?: Readonly<Record<string, string>>;
}

const PLATFORM = `${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
const TOOLS = {
  npm: "12.2.2",
  pnpm: "12.21.0",
  yarn: "1.22.22",
  "yarn-berry": "npm:@yarnpkg/cli-dist@4.18.1",
  // The package `bun` fetches its program in an install script; this one is the program.
  "bun-program": `npm:@oven/bun-${process.platform}-${process.arch === "arm64" ? "aarch64" : "x64"}@1.4.5`,
  "node-22.14": `npm:node-${PLATFORM}@22.14.0`,
  "node-24": `npm:node-${PLATFORM}@24.21.0`,
  "node-26": `npm:node-${PLATFORM}@26.10.0`,
};
const NODES = ["22.14", "24", "26"];

const MANAGERS: readonly Manager[] = [
  {
    name: "npm 12",
    program: ["npm/bin/npm-cli.js", true],
    install: (tarball) => ["install", "--ignore-scripts", "--no-audit", "--no-fund", tarball],
  },
  {
    name: "pnpm 12",
    program: ["@pnpm/exe." + PLATFORM + "/pnpm", false],
    install: (tarball) => ["add", "--ignore-scripts", tarball],
  },
  {
    name: "yarn 1",
    program: ["yarn/bin/yarn.js", true],
    install: (tarball) => ["add", "--ignore-scripts", "--non-interactive", `file:${tarball}`],
  },
  {
    name: "yarn 4",
    program: ["yarn-berry/bin/yarn.js", true],
    install: (tarball) => ["add", `signalbox@file:${tarball}`],
    files: {
      ".yarnrc.yml":
        "nodeLinker: node-modules\nenableScripts: false\nenableTelemetry: false\nenableGlobalCache: false\n",
      "yarn.lock": "",
    },
  },
  {
    name: "bun 1.4",
    program: ["bun-program/bin/bun", false],
    install: (tarball) => ["add", "--ignore-scripts", tarball],
  },
];

const work = mkdtempSync(path.join(tmpdir(), "signalbox-package-"));
const broken: string[] = [];
try {
  const tools = path.join(work, "tools", "node_modules");
  const tarball = packed();
  project("tools", { dependencies: TOOLS });
  need("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund"], path.join(work, "tools"));
  const rows = NODES.flatMap((node) => MANAGERS.map((manager) => rowOf(tools, node, manager, tarball)));
  printMarkdown("Installed from the tarball", [
    ["manager", "Node", "exit", "time", "packages", "on disk", "`--version`", "`demo`"],
    ...rows,
  ]);
  console.log(`\nUnder Bun itself: ${underBun(tools)}`);
} finally {
  rmSync(work, { recursive: true, force: true });
}
conclude(broken);

function rowOf(tools: string, node: string, manager: Manager, tarball: string): readonly string[] {
  const name = `${manager.name} on Node ${node}`;
  console.error(`${name} …`);
  const folder = project(name.replaceAll(" ", "-"), {}, manager.files);
  const nodeProgram = path.join(tools, `node-${node}`, "bin", "node");
  const [program, isScript] = manager.program;
  const command = path.join(tools, program);
  const args = manager.install(tarball);
  // Nothing that was fetched before helps.
  const cache = path.join(folder, ".cache");
  const env = {
    ...process.env,
    PATH: `${path.dirname(nodeProgram)}:${process.env["PATH"]}`,
    npm_config_cache: cache,
    npm_config_store_dir: cache,
    pnpm_config_store_dir: cache,
    YARN_CACHE_FOLDER: cache,
    BUN_INSTALL_CACHE_DIR: cache,
  };
  const startedMs = performance.now();
  const installed = spawnSync(isScript ? nodeProgram : command, isScript ? [command, ...args] : args, {
    cwd: folder,
    env,
    encoding: "utf8",
    timeout: MOST_MS,
  });
  const tookS = (performance.now() - startedMs) / 1000;
  const { packages, bytes } = sizeOf(path.join(folder, "node_modules"));
  const mb = bytes / 2 ** 20;
  const bin = path.join(folder, "node_modules", "signalbox", "dist", "bin.js");
  const runs = (argument: string): string =>
    existsSync(bin) && spawnSync(nodeProgram, [bin, argument], { cwd: folder, timeout: MOST_MS }).status === 0
      ? "works"
      : "fails";
  const [version, demo] = [runs("--version"), runs("demo")];
  if (installed.status !== 0) broken.push(`${name} ended with ${installed.status}: ${installed.stderr.slice(-400)}`);
  if (mb > MOST_MB) broken.push(`${name}: ${mb.toFixed(0)} MB, at most ${MOST_MB}`);
  if (version === "fails" || demo === "fails") broken.push(`${name}: it does not run`);
  rmSync(cache, { recursive: true, force: true });
  const exit = String(installed.status ?? installed.signal);
  return [manager.name, node, exit, `${tookS.toFixed(1)} s`, String(packages), `${mb.toFixed(0)} MB`, version, demo];
}

/** What Signalbox says when Bun runs it: the first line, and its exit code. */
function underBun(tools: string): string {
  const bin = path.join(work, "bun-1.4-on-Node-24", "node_modules", "signalbox", "dist", "bin.js");
  const { status, stderr } = spawnSync(path.join(tools, "bun-program", "bin", "bun"), [bin, "--version"], {
    encoding: "utf8",
    input: "",
  });
  if (status !== 2 || !stderr.includes("this is Bun")) broken.push(`Bun is not refused by name: ${stderr}`);
  return `exit ${status}: ${stderr.trim()}`;
}

/** An empty project, with what stands in its `package.json`. */
function project(name: string, content: object, files: Readonly<Record<string, string>> = {}): string {
  const folder = path.join(work, name);
  mkdirSync(folder);
  const all = { ...files, "package.json": JSON.stringify({ name: "empty", private: true, ...content }) };
  for (const [file, text] of Object.entries(all)) writeFileSync(path.join(folder, file), text);
  return folder;
}

function packed(): string {
  need("npm", ["pack", "--silent", "--pack-destination", work], ROOT);
  const tarball = readdirSync(work).find((name) => name.endsWith(".tgz"));
  return path.join(work, tarball ?? "");
}

function need(program: string, args: readonly string[], cwd: string): void {
  const { status } = spawnSync(program, args, { cwd, stdio: ["ignore", 2, 2] });
  if (status !== 0) throw new Error(`${program} ${args.join(" ")} ended with ${status}`);
}

/** Packages and bytes in blocks of the disk; a link counts nothing, and neither does a second name of the same file. */
function sizeOf(folder: string): { readonly packages: number; readonly bytes: number } {
  let packages = 0;
  let bytes = 0;
  const seen = new Set<number>();
  const visit = (directory: string): void => {
    const parent = path.basename(directory);
    const grandparent = path.basename(path.dirname(directory));
    const entries = readdirSync(directory, { withFileTypes: true });
    const isPackage =
      (parent !== "node_modules" && path.basename(path.dirname(directory)) === "node_modules") ||
      (grandparent.startsWith("@") && path.basename(path.dirname(path.dirname(directory))) === "node_modules");
    if (isPackage && !parent.startsWith(".") && entries.some(({ name }) => name === "package.json")) packages += 1;
    for (const entry of entries) {
      const file = path.join(directory, entry.name);
      if (entry.isDirectory()) visit(file);
      else if (entry.isFile()) {
        const { ino, blocks } = lstatSync(file);
        if (!seen.has(ino)) bytes += blocks * 512;
        seen.add(ino);
      }
    }
  };
  if (existsSync(folder)) visit(folder);
  return { packages, bytes };
}
