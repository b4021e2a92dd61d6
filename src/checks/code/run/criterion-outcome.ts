/** What became of a criterion of the caller on an answer's code. */
export type CriterionOutcome =
  | { readonly kind: "met"; readonly detail: string }
  | { readonly kind: "not_met"; readonly found: string }
  | { readonly kind: "unmade"; readonly reason: string };
