import { listed, PARSE_MAX_CHARS } from "../../kit/check.ts";
import { failToMend, fail, notChecked, pass, legacy } from "../../kit/legacy.ts";
import { askedLanguage, codeOf, placeOf } from "../language.ts";
import { syntaxOf } from "../parsers.ts";

/** Languages that may stand for each other. */
const KIN: Readonly<Record<string, string>> = {
  typescript: "script",
  javascript: "script",
  jsx: "script",
  tsx: "script",
  c: "c",
  cpp: "c",
};

/** The code of the answer is in the language that was asked for, and parses. */
export const codeParses = legacy({
  name: "code_parses",
  kind: "gate",
  cap: 0.2,
  maxChars: PARSE_MAX_CHARS,
  async run(subject) {
    const asked = askedLanguage(subject);
    const files = codeOf(subject.text).map((file) => ({ ...file, language: file.language ?? asked }));
    if (files.length === 0) return fail("the answer holds no code", { repair: "The answer holds no code." });
    const kin = (language: string | null): string | null => (language === null ? null : (KIN[language] ?? language));
    const ofAsked = files.filter(({ language }) => asked === null || kin(language) === kin(asked));
    if (ofAsked.length === 0) {
      const problem = `${asked} was asked for, the answer is in ${[...new Set(files.map((file) => file.language))].join(", ")}`;
      return failToMend(problem);
    }
    const problems: string[] = [];
    const unknown: string[] = [];
    for (const file of ofAsked) {
      const syntax = await syntaxOf(file.language ?? "", file.content);
      if ("unknown" in syntax) unknown.push(`${placeOf(file)}: ${syntax.unknown}`);
      else if (syntax.problem !== null) problems.push(`${placeOf(file)}, ${syntax.problem}`);
    }
    if (problems.length > 0) return fail(listed(problems), { repair: problems.join("\n") });
    return unknown.length > 0
      ? notChecked(listed(unknown))
      : pass(`${ofAsked.length} block(s) of ${asked ?? "code"} parse`);
  },
});
