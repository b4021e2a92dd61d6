import type { ParseResult } from "@babel/parser";

/** The syntax tree of a script. */
export type ScriptProgram = ParseResult["program"];
