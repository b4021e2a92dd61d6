import { findPackageJSON } from "node:module";

/**
 * Packages that only some users need, grouped by purpose. They are optional peer dependencies, so that the plain server stays small.
 * A check that lacks one says so, with the command that installs it. A test keeps the versions equal to those of package.json.
 */
export const OPTIONAL_PACKAGES = {
  solidity: [
    "solc@0.8.37",
    "@openzeppelin/contracts@5.7.0",
    "@openzeppelin/contracts-upgradeable@5.7.0",
    "@openzeppelin/contracts-v4@npm:@openzeppelin/contracts@4.9.6",
    "@openzeppelin/contracts-upgradeable-v4@npm:@openzeppelin/contracts-upgradeable@4.9.6",
  ],
  gas: [
    "@ethereumjs/common@10.1.3",
    "@ethereumjs/evm@10.1.3",
    "@ethereumjs/statemanager@10.1.3",
    "@ethereumjs/util@10.1.3",
  ],
  html: ["html-validate@10.9.0"],
  vue: ["@vue/compiler-sfc@3.5.45"],
  svelte: ["svelte@5.57.3"],
  browser: ["playwright-core@1.65.1", "axe-core@4.14.1"],
  bedrock: ["@anthropic-ai/bedrock-sdk@1.1.3"],
} as const satisfies Record<string, readonly string[]>;

export type OptionalGroup = keyof typeof OPTIONAL_PACKAGES;

/** A check cannot be made because a package is not installed. The message holds the command that installs it. */
export class MissingPackageError extends Error {
  override readonly name = "MissingPackageError";
}

/** Imports a package of an optional group. Throws {@link MissingPackageError} when it is not installed. */
export async function optional<T>(group: OptionalGroup, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    if (!isNotFound(error)) throw error;
    throw new MissingPackageError(installLine(group), { cause: error });
  }
}

/** The command that installs the packages of a group. */
export function installLine(group: OptionalGroup): string {
  return `needs packages that are not installed: npm install ${OPTIONAL_PACKAGES[group].join(" ")}`;
}

/** Whether all packages of a group are installed. */
export function isInstalled(group: OptionalGroup): boolean {
  return OPTIONAL_PACKAGES[group].every((spec) => {
    try {
      return findPackageJSON(nameOf(spec), import.meta.url) !== undefined;
    } catch {
      return false;
    }
  });
}

/** `@scope/name@version` without the version. */
function nameOf(spec: string): string {
  return spec.slice(0, spec.indexOf("@", 1));
}

function isNotFound(error: unknown): boolean {
  const code = (error as { readonly code?: unknown } | null)?.code;
  return code === "ERR_MODULE_NOT_FOUND" || code === "MODULE_NOT_FOUND";
}
