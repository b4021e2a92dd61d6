import { fail, listed, notChecked, pass, PARSE_MAX_CHARS, type Check } from "../check.ts";
import { askedAccess } from "../solidity/asked/access.ts";
import { declaredBy, missingNames, missingOfStandard } from "../solidity/asked/declared.ts";
import { missingArguments } from "../solidity/asked/constructor-arguments.ts";
import { missingFeatures, openFunctions } from "../solidity/asked/features.ts";
import { askedNames, interfaceNames } from "../solidity/asked/names.ts";
import { unheededLimits } from "../solidity/asked/limits.ts";
import { missingNumbers } from "../solidity/asked/numbers.ts";
import { unheeded } from "../solidity/asked/payments.ts";
import { plainNames } from "../solidity/asked/plain-names.ts";
import { wrongRoles } from "../solidity/asked/roles.ts";
import { askedStandards } from "../solidity/asked/standards.ts";
import { missingTitles } from "../solidity/asked/titles.ts";
import { wordsOf } from "../solidity/asked/words.ts";
import { programOf } from "../solidity/program.ts";
import { compileAnswer } from "../solidity/project.ts";
import { givenSources } from "../source.ts";

/** What the request asks for in so many words is there: names, standards, who may do what, a pause, a cap. */
export const solidityMeetsRequest: Check = {
  name: "solidity_meets_request",
  kind: "gate",
  cap: 0.5,
  maxChars: PARSE_MAX_CHARS,
  timeoutMs: 20_000,
  async run(subject) {
    const outcome = await compileAnswer(subject);
    if (outcome.state === "unchecked") return notChecked(outcome.reason);
    if (outcome.state !== "compiled") return notChecked("only code that compiles is held against the request");
    const { compilation, files } = outcome.project;
    const program = programOf(
      compilation,
      files.map(({ path }) => path),
    );
    const words = wordsOf(subject.prompt);
    const declared = declaredBy(program, compilation);
    const given = givenSources(subject).map(({ content }) => content);
    const names = [...askedNames(words), ...plainNames(words), ...interfaceNames(words, given)];
    const rules = askedAccess(words);
    const standards = askedStandards(words);
    const problems = [
      ...new Set(missingNames(names, declared)),
      ...standards.map((standard) => missingOfStandard(standard, declared)).filter((problem) => problem !== null),
      ...openFunctions(rules, program),
      ...wrongRoles(words, program),
      ...missingArguments(words, program),
      ...missingFeatures(words, program, compilation),
      ...unheeded(words, program, compilation),
      ...missingNumbers(words, program, compilation),
      ...missingTitles(words, program, compilation),
      ...unheededLimits(words, program, compilation),
    ];
    const evidence = {
      names: names.map(({ kind, name }) => `${kind} ${name}`).slice(0, 30),
      standards: standards.map(({ name }) => name),
      restricted: rules.map(({ verb }) => verb).slice(0, 20),
    };
    if (problems.length > 0) return fail(listed(problems), { repair: problems.join("\n"), evidence });
    const count = names.length + rules.length + standards.length;
    return pass(count === 0 ? "the request names nothing that is missing" : `${count} thing(s) asked for are there`, {
      evidence,
    });
  },
};
