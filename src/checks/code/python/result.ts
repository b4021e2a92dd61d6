/** What loading the code, or running a snippet, came to. */
export type PythonResult =
  | {
      readonly kind: "ok";
      /** Set when the code did what can make a snippet pass that should not: then an "ok" proves nothing. Says what it did. */
      readonly doubt?: string;
    }
  | {
      readonly kind: "raised";
      /** The class of the exception. */
      readonly error: string;
      readonly message: string;
      /** The lines of the given code that led there, innermost last, clipped. */
      readonly traceback: string;
      /** Set when the sandbox had refused something before: the code may be right, and work elsewhere. Says what. */
      readonly refused?: string;
    }
  | { readonly kind: "timeout" }
  | { readonly kind: "memory" };
