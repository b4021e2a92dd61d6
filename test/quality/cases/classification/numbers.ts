import type { AnswerCase } from "../case.ts";
const c = (name: string, prompt: string, answer: string, expect: AnswerCase["expect"]): AnswerCase => ({
  name,
  task: "classification",
  prompt,
  answer,
  expect,
});
const NEWS =
  "Categories:\n- World\n- Business\n- Sports\n- Sci/Tech\n\nWhich category fits the headline? Reply with the category name.\n\nHeadline: Chip maker posts record profit";
const STAR =
  "Rate the review from 1 to 5 stars. Answer with the number only.\n\nGreat value, would buy again, though shipping was slow.";
const ROUTE =
  "Route the ticket to Sales, Support or Billing and explain in one sentence.\n\nMy card was declined when renewing.";
export const NUMBERS: readonly AnswerCase[] = [
  c("a category of a list", NEWS, "Business", "verified"),
  c("a category with a slash", NEWS, "Sci/Tech", "verified"),
  c("a category that is close to one", NEWS, "Technology", "failed"),
  c("a number of stars", STAR, "4", "verified"),
  c("more stars than there are", STAR, "6", "failed"),
  c("a team with its reason", ROUTE, "Billing – the customer has a problem with a payment.", "verified"),
  c("a team that is not there", ROUTE, "Payments – the card was declined.", "failed"),
];
