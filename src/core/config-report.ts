/** What the config comes to: its problems, a line each; or its warnings, and its values with all defaults filled in. */
export type ConfigReport =
  | { readonly ok: true; readonly warnings: readonly string[]; readonly effective: object }
  | { readonly ok: false; readonly problems: readonly string[] };
