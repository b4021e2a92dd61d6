import { RE2JS } from "re2js";

/** An expression on an engine that takes linear time. */
export interface LinearExpression {
  /** The first match; its place 0 is what was matched. */
  exec(text: string): readonly string[] | null;
  /** Ten times as fast. */
  test(text: string): boolean;
}

/**
 * An expression of a caller on RE2, which takes linear time for every expression and every text. `null`: RE2 does not know what it
 * holds, such as a lookahead or a backreference. Throws what `RegExp` throws.
 */
export function linearExpression(pattern: string, flags: string): LinearExpression | null {
  const expression = new RegExp(pattern, flags);
  try {
    return RE2JS.compile(RE2JS.translateRegExp(expression));
  } catch {
    return null;
  }
}
