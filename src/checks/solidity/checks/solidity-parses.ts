import { listed, PARSE_MAX_CHARS } from "../../kit/check.ts";
import { fail, notChecked, pass, legacy } from "../../kit/legacy.ts";
import { extractFiles } from "../../kit/answer/code-files.ts";
import { nameOf, solidityOf } from "../solidity/answer.ts";
import { contractsOf, loadSolidityParser } from "../solidity/parse.ts";
import { emptyFunctions, leftOutComments } from "../solidity/placeholders.ts";
import { namesOf } from "../solidity/scan.ts";
import { givenSources } from "../given-sources.ts";

/** The Solidity of the answer parses, is complete, and defines something with a body. */
export const solidityParses = legacy({
  name: "solidity_parses",
  kind: "gate",
  cap: 0.3,
  maxChars: PARSE_MAX_CHARS,
  async run(subject) {
    const parse = await loadSolidityParser();
    const { files, snippets } = solidityOf(subject.text);
    // Who asks about a function alone may be answered with one; who asks for a contract may not.
    const given = givenSources(subject);
    const fragmentAsked = given.length > 0 && given.every((source) => isFragment(source.content));
    const wanted = files.length > 0 || !fragmentAsked ? files : snippets;
    if (wanted.length === 0) {
      if (given.length > 0 && extractFiles(subject.text).some((file) => file.language === "diff")) {
        return notChecked("the answer is a diff");
      }
      return fail(snippets.length > 0 ? "the answer has snippets only, no whole contract" : "no Solidity code found");
    }
    const parsed = wanted.map((file) => ({ file, result: parse(file.content) }));
    const problems: string[] = [];
    for (const { file, result } of parsed) {
      const found = [...(result.state === "broken" ? [result.problem] : []), ...leftOutComments(file.content)];
      if (result.state === "parsed") found.push(...contractsOf(result.unit).flatMap(emptyFunctions));
      problems.push(...found.map((problem) => `${nameOf(file)}, ${problem}`));
    }
    if (problems.length > 0) return fail(listed(problems));
    for (const { file, result } of parsed) {
      if (result.state === "unknown") return notChecked(`${nameOf(file)}: ${result.reason}`);
    }
    const contracts = parsed.flatMap(({ result }) => (result.state === "parsed" ? contractsOf(result.unit) : []));
    const withBody = contracts.filter((each) => each.subNodes.length > 0 || each.baseContracts.length > 0);
    if (withBody.length === 0 && fragmentAsked) return pass("the function parses");
    if (withBody.length === 0) return fail("no contract, library or interface with a body");
    return pass(`parses: ${withBody.map((each) => `${each.kind} ${each.name}`).join(", ")}`);
  },
});

/** Code without a contract around it. */
function isFragment(source: string): boolean {
  const names = namesOf(source);
  return !names.has("contract") && !names.has("library") && !names.has("interface");
}
