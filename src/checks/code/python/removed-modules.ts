import type { CApi } from "./c-api.ts";

/** They lead to JavaScript, or into the interpreter's memory. */
const REMOVED_MODULES: ReadonlySet<string> = new Set([
  "_ctypes",
  "_posixsubprocess",
  "_pyodide_core",
  "_remote_debugging",
  "_testbuffer",
  "_testcapi",
  "_testclinic",
  "_testclinic_limited",
  "_testinternalcapi",
  "_testlimitedcapi",
  "_xxtestfuzz",
  "faulthandler",
  "fcntl",
  "termios",
  "xxsubtype",
]);

/** Takes built-in modules out, so that they cannot be imported by any means, nor again. */
export function removeModules(api: CApi): void {
  // The table of built-in modules: pairs of a name and a function, closed by zeros.
  for (let entry = api.pointer("PyImport_Inittab"); api.uint32(entry) !== 0; entry += 8) {
    const name = api.uint32(entry);
    const text = api.text(name);
    if (!REMOVED_MODULES.has(text)) continue;
    // What was imported is kept under its name.
    const object = api.withText("PyUnicode_FromString", [], text);
    if (api.call("_PyImport_ClearExtension", object, object) !== 0) api.call("PyErr_Clear");
    new Uint8Array(api.memory())[name] = 0;
  }
}
