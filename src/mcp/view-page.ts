import { readFile } from "node:fs/promises";

const RUNS_FROM_SOURCE = import.meta.url.endsWith(".ts");

let page: Promise<string> | null = null;

/** The view, one HTML page: a file of the package, or, from source, built when it is first asked for. Throws when there is none. */
export function viewPage(): Promise<string> {
  page ??= read().catch((error: unknown) => {
    // A file that is missing now may be there later.
    page = null;
    throw error;
  });
  return page;
}

async function read(): Promise<string> {
  if (!RUNS_FROM_SOURCE) return readFile(new URL("./view.html", import.meta.url), "utf8");
  const script = new URL("../../scripts/view.ts", import.meta.url).href;
  const { buildView } = (await import(script)) as { readonly buildView: () => Promise<{ readonly html: string }> };
  return (await buildView()).html;
}
