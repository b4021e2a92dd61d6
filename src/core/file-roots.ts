/** Absolute folders below which files may be read and written: the owner's over stdio, and each principal's over HTTP. */
export interface FileRoots {
  readonly roots: readonly string[];
  readonly perPrincipal: ReadonlyMap<string, readonly string[]>;
  /** Whether the project that a client names, or the folder of the process, is a root of the owner as well. */
  readonly isProjectReadable: boolean;
  readonly outputRoots: readonly string[];
  readonly outputPerPrincipal: ReadonlyMap<string, readonly string[]>;
}

/** What of it holds over HTTP: the roots of principals alone. */
export function rootsOverHttp(files: FileRoots): FileRoots {
  return { ...files, roots: [], isProjectReadable: false, outputRoots: [] };
}
