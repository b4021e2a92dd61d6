import type { ReadSource } from "./compiler.ts";
import { isLibraryPath, readLibrary, type LibraryLine } from "./packages.ts";
import type { SourceText } from "./source-text.ts";

/** Resolves the imports of one compiler run and remembers what they led to. */
export interface Imports {
  readonly read: ReadSource;
  readonly remappings: readonly string[];
  /** Every source that was handed to the compiler. */
  readonly sources: ReadonlyMap<string, string>;
  /** Why some import cannot be judged: a library that is not here. */
  readonly unknown: readonly string[];
  /** OpenZeppelin paths that this line does not have. */
  readonly missingLibrary: readonly string[];
  readonly notes: readonly string[];
  readonly usesLibrary: boolean;
}

/** Other ways in which the same packages are written. */
const ALIASES = [
  ["openzeppelin-contracts-upgradeable/contracts/", "@openzeppelin/contracts-upgradeable/"],
  ["@openzeppelin-contracts-upgradeable/", "@openzeppelin/contracts-upgradeable/"],
  ["@openzeppelin-upgradeable/contracts/", "@openzeppelin/contracts-upgradeable/"],
  ["openzeppelin-contracts/contracts/", "@openzeppelin/contracts/"],
  ["openzeppelin-contracts/", "@openzeppelin/contracts/"],
  ["@openzeppelin-contracts/", "@openzeppelin/contracts/"],
  ["openzeppelin/contracts/", "@openzeppelin/contracts/"],
] as const;
const VERSIONED = /(@openzeppelin\/contracts(?:-upgradeable)?)@[\w.^~-]{1,30}\//g;
const ON_GITHUB =
  /(?:https:\/\/)?github\.com\/OpenZeppelin\/openzeppelin-(contracts(?:-upgradeable)?)\/(?:blob|tree)\/[\w.-]{1,60}\/contracts\//gi;
const MAX_NOTES = 5;

/** `files`: the answer's and, after them, the caller's; of two with one path the first counts. */
export function createImports(files: readonly SourceText[], line: LibraryLine): Imports {
  const given = new Map<string, string>();
  for (const { path, content } of files) if (!given.has(path)) given.set(path, content);
  const sources = new Map(given);
  const unknown: string[] = [];
  const missingLibrary: string[] = [];
  const notes: string[] = [];
  const texts = [...given.values()];
  const earlyProxies = texts.some((text) => text.includes("__UUPSUpgradeable_init"));
  let usesLibrary = false;
  const found = (path: string, contents: string): { contents: string } => {
    sources.set(path, contents);
    return { contents };
  };
  const read: ReadSource = (path) => {
    const own = given.get(path);
    if (own !== undefined) return { contents: own };
    if (isLibraryPath(path)) {
      usesLibrary = true;
      const file = readLibrary(path, line, earlyProxies);
      if (file.state === "found") return found(path, file.contents);
      else missingLibrary.push(path);
      return { error: `OpenZeppelin has no file ${path}` };
    }
    const same = sameName(path, [...given.keys()]);
    if (same !== null) {
      if (notes.length < MAX_NOTES) notes.push(`${path} was taken to mean ${same}`);
      // Passes every name on, so that the file is compiled once under its own path.
      return found(path, `import ${JSON.stringify(same)};\n`);
    }
    if (isThirdParty(path) || isForeign(path, texts, [...given.keys()])) {
      unknown.push(`it imports ${path}, which is not here`);
      return { error: "unknown library" };
    }
    return { error: "no such file among the answer's and the given ones" };
  };
  return {
    read,
    remappings: remappingsOf(texts),
    sources,
    unknown,
    missingLibrary,
    notes,
    get usesLibrary() {
      return usesLibrary;
    },
  };
}

/** Models name files without the folders that their imports speak of. */
function sameName(path: string, given: readonly string[]): string | null {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const same = given.filter((each) => each.slice(each.lastIndexOf("/") + 1) === name);
  return same.length === 1 ? (same[0] ?? null) : null;
}

/** A package's path, as opposed to a file that the answer owes: `solmate/…`, `@scope/…`, `https:…`, but not `./A.sol`. */
function isThirdParty(path: string): boolean {
  return /^(?:@|https?:|lib\/|node_modules\/|hardhat\/|forge-std\/|ds-test\/)/.test(path) || PACKAGES.test(path);
}

/** Imported by a bare path whose first folder no file is in: the name of a package, for all we know. */
function isForeign(path: string, texts: readonly string[], given: readonly string[]): boolean {
  const folder = path.slice(0, path.indexOf("/") + 1);
  if (folder === "" || OWN_FOLDERS.test(folder) || given.some((each) => each.startsWith(folder))) return false;
  return texts.some((text) => text.includes(`"${path}"`) || text.includes(`'${path}'`));
}

const OWN_FOLDERS = /^(?:src|contracts|interfaces?|librar(?:y|ies)|libs?|utils|test|mocks?|tokens?)\/$/i;

const PACKAGES =
  /^(?:(?:src\/)?(?:solmate|solady|solmat|chainlink|chainlink-[\w-]+|prb-math|prb|murky|permit2|create3-factory|ds-[\w-]+|erc721a|base64-sol|abdk-[\w-]+|solidity-[\w-]+|v[234]-(?:core|periphery)|uniswap[\w-]*|openzeppelin[\w-]*|layerzero[\w-]*|aave[\w-]*|balancer[\w-]*|safe-[\w-]+|eigenlayer[\w-]*))\//i;

function remappingsOf(texts: readonly string[]): readonly string[] {
  const remappings = ALIASES.map(([from, to]) => `${from}=${to}`);
  for (const text of texts) {
    for (const [whole, name] of text.matchAll(VERSIONED)) remappings.push(`${whole}=${name}/`);
    for (const [whole, name] of text.matchAll(ON_GITHUB)) {
      remappings.push(`${whole}=@openzeppelin/${(name ?? "contracts").toLowerCase()}/`);
    }
  }
  return [...new Set(remappings)].slice(0, 40);
}
