const RUNS_FROM_SOURCE = import.meta.url.endsWith(".ts");

/**
 * The URL of a module that is started by its own name: the file of a thread or a process, or what a thread imports by URL.
 * `path` is its path in `src`, without the ending. The build makes such modules entries and puts everything into one folder.
 */
export function programFile(path: string): URL {
  return RUNS_FROM_SOURCE
    ? new URL(`../../${path}.ts`, import.meta.url)
    : new URL(`./${path.replaceAll("/", "-")}.js`, import.meta.url);
}
