import type { ParseResult } from "@babel/parser";

/** The syntax tree of a script. */
export type ScriptProgram = ParseResult["program"];

/** A statement at the top level of a script. */
export type ScriptStatement = ScriptProgram["body"][number];
