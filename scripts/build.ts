import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { rolldown, type OutputChunk } from "rolldown";
import { writeNotices } from "./notices.ts";
import { buildView } from "./view.ts";

/** What is started by its own name: the bin, and the programs that `programFile` names. */
const ENTRIES = [
  "bin",
  "verify/worker-pool/worker",
  "verify/registry",
  "verify/schema-table",
  "checks/code/python/thread",
  "checks/web/browser/host",
];

const { dependencies } = JSON.parse(readFileSync("package.json", "utf8")) as { dependencies: Record<string, string> };
/** What users install beside the bundle: native code, WebAssembly, data, and programs that find their own files. */
const installed = Object.keys(dependencies);

/** Template engines that Vue's compiler would try, were they there: it does without them. */
const OPTIONAL_OF = /[\\/]node_modules[\\/](?:@vue[\\/]compiler-sfc|linkedom)[\\/]/;

const bundle = await rolldown({
  input: Object.fromEntries(ENTRIES.map((path) => [path.replaceAll("/", "-"), `src/${path}.ts`])),
  platform: "node",
  // A CommonJS build that asks for its parts by a `require` of its own cannot be bundled; most of those have a module build beside it.
  resolve: {
    mainFields: ["module", "main"],
    // Its modules read their data from files of the package; this build of it has the data within.
    alias: { "css-tree": fileURLToPath(import.meta.resolve("css-tree/dist/csstree.esm")) },
  },
  // CommonJS packages know these; a module does not.
  transform: { define: { __filename: "import.meta.filename", __dirname: "import.meta.dirname" } },
  external: (id) => installed.some((name) => id === name || id.startsWith(`${name}/`)),
  onLog(level, log, print) {
    if (log.code === "UNRESOLVED_IMPORT" && OPTIONAL_OF.test(log.id ?? "")) return;
    // A name that cannot be resolved would fail at a user's, in the middle of a call.
    print(log.code === "UNRESOLVED_IMPORT" ? "error" : level, log);
  },
});
const { output } = await bundle.write({
  dir: "dist",
  format: "esm",
  cleanDir: true,
  entryFileNames: "[name].js",
  chunkFileNames: "[name]-[hash].js",
  comments: { legal: false, annotation: true, jsdoc: false },
});
const chunks = output.filter((file): file is OutputChunk => file.type === "chunk");
const view = await buildView();
writeFileSync("dist/view.html", view.html);
writeNotices([...chunks.flatMap(({ moduleIds }) => moduleIds), ...view.moduleIds], "dist/THIRD-PARTY-NOTICES.txt");

/** Programs: loading them is running them. */
const PROGRAMS = new Set(["bin", "verify-worker-pool-worker", "checks-code-python-thread", "checks-web-browser-host"]);
// A chunk that needs a file of a package that is not installed beside it fails only when it is loaded: at a user's, in the middle of a check.
for (const { fileName, name, isEntry } of chunks) {
  if (isEntry && PROGRAMS.has(name)) continue;
  try {
    await import(pathToFileURL(resolve("dist", fileName)).href);
  } catch (error) {
    throw new Error(`The chunk ${fileName} cannot be loaded`, { cause: error });
  }
}
// What some of them have started (timers, listeners) is no part of the build.
process.exit(0);
