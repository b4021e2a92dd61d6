import { readFileSync } from "node:fs";
import { findPackageJSON } from "node:module";
import { dirname, normalize, sep } from "node:path";

/** The OpenZeppelin line that an answer is compiled with. */
export type LibraryLine = 5 | 4;

const CONTRACTS = "@openzeppelin/contracts/";
const UPGRADEABLE = "@openzeppelin/contracts-upgradeable/";

const folders = new Map<string, string | null>();
const texts = new Map<string, string | null>();

/** What an import of OpenZeppelin leads to. */
export type LibraryFile =
  | { readonly state: "found"; readonly contents: string }
  /** No release that we have holds it. `known`: an older one does. */
  | { readonly state: "missing"; readonly known: boolean };

export function isLibraryPath(path: string): boolean {
  return path.startsWith(CONTRACTS) || path.startsWith(UPGRADEABLE);
}

/**
 * Reads a file of OpenZeppelin; `null` when its package is not installed. `earlyProxies`: the answer calls the initialiser
 * that UUPSUpgradeable had before 5.5.
 */
export function readLibrary(path: string, line: LibraryLine, earlyProxies: boolean): LibraryFile | null {
  if (path.startsWith(UPGRADEABLE)) return readUpgradeable(path.slice(UPGRADEABLE.length), earlyProxies);
  const rest = path.slice(CONTRACTS.length);
  const name = line === 5 ? "@openzeppelin/contracts" : "@openzeppelin/contracts-v4";
  if (folderOf(name) === null) return null;
  const contents = textOf(name, rest);
  return contents === null ? { state: "missing", known: false } : { state: "found", contents };
}

function readUpgradeable(rest: string, earlyProxies: boolean): LibraryFile | null {
  if (folderOf("@openzeppelin/contracts-upgradeable") === null) return null;
  if (earlyProxies && rest === "proxy/utils/UUPSUpgradeable.sol") return { state: "found", contents: EARLY_UUPS };
  const contents = textOf("@openzeppelin/contracts-upgradeable", rest);
  if (contents !== null) return { state: "found", contents };
  if (rest === "utils/ReentrancyGuardUpgradeable.sol") return { state: "found", contents: REENTRANCY_GUARD };
  // The 4.x line of this package has the files of the plain one under other names.
  const plain = rest.replace(/Upgradeable(?=\.sol$)/, "");
  const known = textOf("@openzeppelin/contracts-v4", plain) ?? textOf("@openzeppelin/contracts", plain);
  return { state: "missing", known: known !== null };
}

function folderOf(name: string): string | null {
  const known = folders.get(name);
  if (known !== undefined) return known;
  let folder: string | null = null;
  try {
    const found = findPackageJSON(name, import.meta.url);
    folder = found === undefined ? null : dirname(found) + sep;
  } catch {
    // Not installed.
  }
  folders.set(name, folder);
  return folder;
}

/** A source of a package; nothing outside of its folder is ever read. */
function textOf(name: string, rest: string): string | null {
  const folder = folderOf(name);
  if (folder === null || !/^[\w./-]{1,200}\.sol$/.test(rest) || rest.split("/").includes("..")) return null;
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
