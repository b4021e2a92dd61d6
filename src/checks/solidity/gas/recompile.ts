import { compileSources, isCompiled, type Compilation, type CompileOptions } from "../solidity/compile.ts";

/** How both are compiled. */
export const COMPILE_OPTIONS = { runs: 200, evmVersion: "prague" } as const;

/** A compilation made again with other options; `null`: it does not compile that way. */
export async function recompile(
  { contracts, sources }: Compilation,
  options: CompileOptions,
): Promise<Compilation | null> {
  const own = new Set(contracts.map(({ path }) => path));
  const all = [...sources].map(([path, content]) => ({ path, content }));
  const compiled = await compileSources(
    all.filter(({ path }) => own.has(path)),
    { ...COMPILE_OPTIONS, ...options, context: all.filter(({ path }) => !own.has(path)) },
  );
  return isCompiled(compiled) && compiled.ok ? compiled : null;
}
