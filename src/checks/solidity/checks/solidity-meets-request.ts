import { listed, PARSE_MAX_CHARS } from "../../kit/check.ts";
import { fail, notChecked, pass, legacy } from "../../kit/legacy.ts";
import { askedAccess } from "../solidity/requirements/access.ts";
import { declaredBy, missingNames, missingOfStandard } from "../solidity/requirements/declared.ts";
import { missingArguments } from "../solidity/requirements/constructor-arguments.ts";
import { missingFeatures, openFunctions } from "../solidity/requirements/features.ts";
import { askedNames, interfaceNames } from "../solidity/requirements/names.ts";
import { unheededLimits } from "../solidity/requirements/limits.ts";
import { missingNumbers } from "../solidity/requirements/numbers.ts";
import { unheeded } from "../solidity/requirements/payments.ts";
import { plainNames } from "../solidity/requirements/plain-names.ts";
import { wrongRoles } from "../solidity/requirements/roles.ts";
import { askedStandards } from "../solidity/requirements/standards.ts";
import { missingTitles } from "../solidity/requirements/titles.ts";
import { wordsOf } from "../solidity/requirements/words.ts";
import { programOf } from "../solidity/program.ts";
import { compileAnswer } from "../solidity/project.ts";
import { givenSources } from "../given-sources.ts";

/** What the request asks for in so many words is there: names, standards, who may do what, a pause, a cap. */
export const solidityMeetsRequest = legacy({
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
});
