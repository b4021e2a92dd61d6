import { listed, PARSE_MAX_CHARS } from "../../kit/check.ts";
import { fail, pass, legacy } from "../../kit/legacy.ts";
import { codeOf, placeOf } from "../language.ts";

/** What stands where code was left out. Written by models that expect somebody else to finish. */
const LEFT_OUT = [
  /(?:\/\/|#|--|\/\*)\s*(?:your|the) (?:code|logic|implementation) (?:goes )?here/i,
  /(?:\/\/|#|--|\/\*)\s*(?:\.\.\.|…)\s*(?:rest|remaining|existing|other|same|more)?\b/i,
  /(?:\/\/|#|--|\/\*)\s*(?:rest of|remaining|implement (?:this|me|the))\b/i,
  /(?:\/\/|#)\s*TODO:?\s*(?:implement|write|add the|finish|complete)/i,
  /throw new (?:\w*Error)\(\s*["'`](?:not (?:yet )?implemented|todo|implement me)/i,
  /raise NotImplementedError\b|\b(?:unimplemented|todo)!\(|panic\("(?:not implemented|todo)/i,
];
/** A Python function whose whole body is `pass` or an ellipsis. */
const EMPTY_PYTHON =
  /^([ \t]*)(?:async )?def (\w+)\([^\n]*\)[^\n]*:\s*\n(?:\1[ \t]+(?:"""[^"]{0,400}"""|'''[^']{0,400}'''|#[^\n]*)\s*\n)?\1[ \t]+(?:pass|\.\.\.)[ \t]*(?:#[^\n]*)?(?:\n(?!\1[ \t]+\S)|$)/m;
const EMPTY_SCRIPT = /\bfunction\s+(\w+)\s*\([^)]{0,300}\)\s*(?::[^{]{1,60})?\{\s*(?:\/\/[^\n]*\s*)?\}/;

/** The code of the answer is all there: no placeholders, no function without a body. */
export const codeComplete = legacy({
  name: "code_complete",
  kind: "gate",
  cap: 0.3,
  maxChars: PARSE_MAX_CHARS,
  run({ text }) {
    const problems = codeOf(text).flatMap((file) => {
      const found = LEFT_OUT.map((pattern) => pattern.exec(file.content)?.[0]).filter((each) => each !== undefined);
      const empty = (file.language === "python" || file.language === null ? EMPTY_PYTHON : EMPTY_SCRIPT).exec(
        file.content,
      );
      const names = [
        ...found.map((each) => `"${each.trim()}"`),
        ...(empty === null ? [] : [`${empty[2] ?? empty[1]} has no body`]),
      ];
      return names.map((name) => `${placeOf(file)}: ${name}`);
    });
    if (problems.length === 0) return pass("nothing is left out");
    return fail(`something is left out: ${listed(problems)}`, {
      repair: `Write out what is left out:\n${problems.join("\n")}`,
    });
  },
});
