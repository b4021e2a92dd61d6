import { PARSE_MAX_CHARS } from "../../kit/check.ts";
import { fail, notChecked, pass, legacy } from "../../kit/legacy.ts";
import { applyPatches } from "../gas/patch.ts";
import { patchesIn } from "../gas/pair-sources.ts";
import { nameOf, solidityOf } from "../solidity/answer.ts";
import { loadSolidityParser } from "../solidity/parse.ts";
import { tokensOf } from "../solidity/scan.ts";
import { givenSources } from "../given-sources.ts";

/** The answer hands back code that differs from the original in more than comments, layout and pragmas. */
export const gasCodeChanged = legacy({
  name: "gas_code_changed",
  kind: "gate",
  cap: 0.3,
  maxChars: PARSE_MAX_CHARS,
  async run(subject) {
    const originals = givenSources(subject).map((source) => tokensOf(source.content));
    if (originals.length === 0) return notChecked("no original code in the prompt or the context to compare with");
    const { files, snippets } = solidityOf(subject.text);
    const code = files.length > 0 ? files : snippets;
    if (code.length === 0) {
      const patches = patchesIn(subject.text);
      if (patches.length === 0) return fail("no optimised code found");
      const patched = applyPatches(
        givenSources(subject).map(({ path, content }) => ({ path: path ?? "", content })),
        patches,
      );
      if ("unclear" in patched) return notChecked(`the answer is a diff, and ${patched.unclear}`);
      const isNew = patched.sources.some(({ content }) => !originals.includes(tokensOf(content)));
      return isNew ? pass("the diff changes the code") : fail("the diff changes comments or layout only");
    }
    const changed = code.filter((file) => {
      const tokens = tokensOf(file.content);
      return !originals.some((original) => original.includes(tokens));
    });
    if (changed.length === 0) return fail("the code is the original, unchanged but for comments or layout");
    const parse = await loadSolidityParser();
    const results = changed.map((file) => ({ file, result: parse(file.content) }));
    for (const { file, result } of results) {
      if (result.state === "broken") return fail(`${nameOf(file)} does not parse, ${result.problem}`);
    }
    for (const { file, result } of results) {
      if (result.state === "unknown") return notChecked(`${nameOf(file)}: ${result.reason}`);
    }
    return pass("the code differs from the original");
  },
});
