import type { Subject } from "../../kit/check.ts";
import type { LanguageFit } from "../language/detect.ts";

/** The input of the rules for any text. */
export interface TextInput {
  readonly text: string;
  readonly subject: Subject;
  /** The language that the request requires, and whether the answer is in it; `null`: it requires none. */
  readonly language: (LanguageFit & { readonly required: string }) | null;
}
