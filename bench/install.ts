import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const FOLDER = fileURLToPath(new URL(".", import.meta.url));

/** Installs the peers by `bench/package-lock.json`, once: they are no part of the repository's own installation. */
export function installPeers(): void {
  if (existsSync(`${FOLDER}node_modules/.package-lock.json`)) return;
  console.error("Installing the peers: npm ci --prefix bench");
  const { status } = spawnSync("npm", ["ci", "--prefix", FOLDER, "--no-audit", "--no-fund"], {
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new Error("The peers could not be installed; npm ci --prefix bench says why");
}
