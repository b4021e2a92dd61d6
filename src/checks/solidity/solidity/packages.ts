import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, normalize, sep } from "node:path";

/** The OpenZeppelin line that an answer is compiled with. */
export type LibraryLine = 5 | 4;

const CONTRACTS = "@openzeppelin/contracts/";
const UPGRADEABLE = "@openzeppelin/contracts-upgradeable/";

const folders = new Map<string, string>();
const texts = new Map<string, string | null>();

/** What an import of OpenZeppelin leads to. */
export type LibraryFile = { readonly state: "found"; readonly contents: string } | { readonly state: "missing" };

export function isLibraryPath(path: string): boolean {
  return path.startsWith(CONTRACTS) || path.startsWith(UPGRADEABLE);
}

/**
 * Reads a file of OpenZeppelin. `earlyProxies`: the answer calls the initialiser
 * that UUPSUpgradeable had before 5.5.
 */
export function readLibrary(path: string, line: LibraryLine, earlyProxies: boolean): LibraryFile {
  const base = path.startsWith(UPGRADEABLE) ? UPGRADEABLE : CONTRACTS;
  const rest = path.slice(base.length);
  const name = `${base.slice(0, -1)}${line === 5 ? "" : "-v4"}`;
  const contents = (base === UPGRADEABLE && line === 5 ? standIn(rest, earlyProxies) : null) ?? textOf(name, rest);
  if (contents !== null) return { state: "found", contents };
  const moved = base === UPGRADEABLE && line === 5 && rest === "utils/ReentrancyGuardUpgradeable.sol";
  return moved ? { state: "found", contents: REENTRANCY_GUARD } : { state: "missing" };
}

/** What earlier releases of 5 had in place of a file of ours. */
function standIn(rest: string, earlyProxies: boolean): string | null {
  return earlyProxies && rest === "proxy/utils/UUPSUpgradeable.sol" ? EARLY_UUPS : null;
}

function folderOf(name: string): string {
  const known = folders.get(name);
  if (known !== undefined) return known;
  const folder = dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)) + sep;
  folders.set(name, folder);
  return folder;
}

/** A source of a package; nothing outside of its folder is ever read. */
function textOf(name: string, rest: string): string | null {
  const folder = folderOf(name);
  if (!/^[\w./-]{1,200}\.sol$/.test(rest) || rest.split("/").includes("..")) return null;
  const path = normalize(folder + rest);
  if (!path.startsWith(folder)) return null;
  const known = texts.get(path);
  if (known !== undefined) return known;
  let text: string | null = null;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    // No such file.
  }
  texts.set(path, text);
  return text;
}

/** 5.0 to 5.4 have it as a file of its own; later releases made the plain one fit for proxies. */
const REENTRANCY_GUARD = `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;
import {Initializable} from "../proxy/utils/Initializable.sol";
abstract contract ReentrancyGuardUpgradeable is Initializable {
    uint256 private _status;
    error ReentrancyGuardReentrantCall();
    function __ReentrancyGuard_init() internal onlyInitializing { __ReentrancyGuard_init_unchained(); }
    function __ReentrancyGuard_init_unchained() internal onlyInitializing { _status = 1; }
    modifier nonReentrant() {
        if (_status == 2) revert ReentrancyGuardReentrantCall();
        _status = 2;
        _;
        _status = 1;
    }
    function _reentrancyGuardEntered() internal view returns (bool) { return _status == 2; }
}
`;

const EARLY_UUPS = `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;
import {Initializable} from "./Initializable.sol";
import {UUPSUpgradeable as StatelessUUPS} from "@openzeppelin/contracts/proxy/utils/UUPSUpgradeable.sol";
abstract contract UUPSUpgradeable is Initializable, StatelessUUPS {
    function __UUPSUpgradeable_init() internal onlyInitializing {}
    function __UUPSUpgradeable_init_unchained() internal onlyInitializing {}
}
`;
