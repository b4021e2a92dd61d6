import { SCAN_MAX_CHARS } from "../../kit/check.ts";
import { fail, pass, legacy } from "../../kit/legacy.ts";
import { extractFiles } from "../../kit/answer/code-files.ts";

/** Checks that only make sense on code: a task that lists one of them asks for code. */
const CODE_CHECKS = new Set(["solidity_parses", "gas_code_changed", "markup_parses", "ui_structure"]);
/** What a fence may hold without being the code that was asked for. */
const NOT_CODE = new Set(["shell", "text", "json", "markdown", "mermaid", "csv", "log", "output", "yaml", "toml"]);

/** A task for code is answered with code, fenced or as the whole answer. */
export const codePresent = legacy({
  name: "code_present",
  kind: "gate",
  cap: 0.2,
  maxChars: SCAN_MAX_CHARS,
  applies: ({ checks }) => checks.some((check) => CODE_CHECKS.has(check)),
  run({ text }) {
    const files = extractFiles(text).filter((file) => /[\w]/.test(file.content));
    const code = files.filter((file) => file.language !== null && !NOT_CODE.has(file.language));
    if (code.length > 0)
      return pass(`${code.length} block(s) of ${[...new Set(code.map((f) => f.language))].join(", ")}`);
    return fail(
      files.length > 0
        ? "no block holds code of the kind asked for"
        : "no code: neither fenced nor as the whole answer",
    );
  },
});
