/** What an answer chooses; or what is wrong with it; or that nobody can tell. */
export type Choice =
  | { readonly kind: "chosen"; readonly labels: readonly string[] }
  | { readonly kind: "wrong"; readonly problem: string }
  | { readonly kind: "unclear"; readonly reason: string };
