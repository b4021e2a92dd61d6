import type { Subject } from "../../kit/check.ts";
import type { LanguageFit } from "../language/detect.ts";

/** An answer as the rules of every text see it. */
export interface TextInput {
  readonly text: string;
  readonly subject: Subject;
  /** The language that the request asks for by name, and whether the answer is in it; `null`: none is asked for. */
  readonly language: (LanguageFit & { readonly required: string }) | null;
}
