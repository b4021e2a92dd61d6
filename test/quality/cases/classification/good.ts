import { fenced } from "../../subject.ts";
import type { AnswerCase } from "../case.ts";

const task = "classification";
const ok = (name: string, prompt: string, answer: string, over: Partial<AnswerCase> = {}): AnswerCase => ({
  name,
  task,
  prompt,
  answer,
  expect: "verified",
  ...over,
});

const REVIEW = "The room was clean, but we waited an hour for the keys and nobody said sorry.";
const SENTIMENT = `Classify the sentiment of the following review as positive, negative or neutral:\n\n${REVIEW}`;
const TICKET = "I was charged twice for my subscription in May.";
const BULLETS = `Assign the ticket to one of these categories:\n- billing: invoices, charges and refunds\n- technical: crashes and errors\n- account: login and profile\n\nTicket: ${TICKET}\nCategory:`;
const MULTI = `Tag the article with all topics that apply: politics, economy, sports, science, culture.\n\nParliament passed the budget after a long night.`;
const EACH =
  "Classify each of these reviews as positive or negative.\n\n1. Great phone, love it.\n2. Broke after a day.\n3. Best purchase of the year.";

export const GOOD: readonly AnswerCase[] = [
  ok("the bare label", SENTIMENT, "negative"),
  ok("a capital and a full stop", SENTIMENT, "Negative."),
  ok("emphasis", SENTIMENT, "**Negative**"),
  ok("a name before it", SENTIMENT, "Sentiment: negative"),
  ok("a sentence around it", SENTIMENT, 'The sentiment of this review is "negative".'),
  ok(
    "the label, then why",
    SENTIMENT,
    "Negative\n\nThe reviewer liked the room, but the wait and the missing apology outweigh it, so this is not neutral.",
  ),
  ok(
    "why, then the label",
    SENTIMENT,
    "The room is praised, the service is not. The wait weighs more.\n\n**Classification:** Negative",
  ),
  ok("a heading and a label", SENTIMENT, "## Sentiment\n\nNegative"),
  ok("a label with its confidence", SENTIMENT, "negative (0.87)"),
  ok(
    "JSON with confidence",
    `${SENTIMENT}\n\nAnswer in JSON.`,
    '{"sentiment": "negative", "confidence": 0.91, "reason": "positive room, negative service"}',
  ),
  ok("fenced JSON", `${SENTIMENT}\n\nAnswer in JSON.`, fenced("json", '{"label": "Negative"}')),
  ok("a label of a list with definitions", BULLETS, "billing"),
  ok("a label of a list, with what it means", BULLETS, "Category: billing – the customer was charged twice"),
  ok("labels of the context", "Route this message to the right team.", "Accounts Payable", {
    context: { labels: ["accounts_payable", "accounts_receivable", "legal"], message: TICKET },
  }),
  ok("labels of the context, described", "Which intent has this message?", "refund-request", {
    context: { labels: { refund_request: "wants money back", bug_report: "something is broken" }, message: TICKET },
  }),
  ok(
    "labels in brackets",
    `What is the priority of this ticket (P1, P2, P3)? Reply with the priority only.\n\n${TICKET}`,
    "P2",
  ),
  ok(
    "labels in a template",
    `Return {"label": "spam|ham"} for this mail:\n\nYou have won a prize!`,
    '{"label": "spam"}',
  ),
  ok("a label that holds another one", "Classify this message as spam or not spam: See you at noon.", "not spam"),
  ok(
    "yes or no, with a reason",
    `Does this ticket speak of money? Answer yes or no.\n\n${TICKET}`,
    "Yes, it is about a double charge.",
  ),
  ok(
    "a letter of the list",
    `Choose one of the following categories:\nA) billing\nB) technical\nC) account\n\n${TICKET}`,
    "A",
  ),
  ok(
    "a letter with its label",
    `Choose one of the following categories:\nA) billing\nB) technical\nC) account\n\n${TICKET}`,
    "A) Billing",
  ),
  ok("several labels where several are asked for", MULTI, "politics, economy"),
  ok("several labels as a list", MULTI, "- Politics\n- Economy"),
  ok("several labels in JSON", MULTI, '["politics", "economy"]'),
  ok("one label where several may be", MULTI, "politics"),
  ok("a label for each text", EACH, "1. positive\n2. negative\n3. positive"),
  ok(
    "a label for each text, with the text",
    EACH,
    "1. Great phone, love it. → positive\n2. Broke after a day. → negative\n3. Best purchase of the year. → positive",
  ),
  ok(
    "a table of labels",
    EACH,
    "| # | Review | Sentiment |\n|---|---|---|\n| 1 | Great phone | positive |\n| 2 | Broke | negative |\n| 3 | Best purchase | positive |",
  ),
  ok(
    "a list in JSON for each text",
    EACH,
    '[{"id": 1, "label": "positive"}, {"id": 2, "label": "negative"}, {"id": 3, "label": "positive"}]',
  ),
  ok("the schema's choice", `Classify: ${TICKET}`, '{"category": "billing"}', {
    responseSchema: {
      type: "object",
      required: ["category"],
      properties: { category: { enum: ["billing", "technical"] } },
    },
  }),
  ok(
    "what the prompt allows besides its list",
    'Label this as "bug" or "feature". If unsure, answer unclear.\n\nIt would be nice if it worked.',
    "unclear",
  ),
  ok(
    "labels of another language",
    "Klassifiziere die Bewertung. Labels: positiv, negativ, neutral\n\nDas Essen war kalt.",
    "Negativ",
  ),
  ok("labels in a system text", TICKET, "technical", {
    context: { system: "You are a classifier. Labels: billing, technical, account. Reply with one label only." },
  }),
  ok("CRLF and a byte order mark", SENTIMENT, "\uFEFFnegative\r\n"),
];

export const UNCHECKED: readonly AnswerCase[] = [
  ok("an open question", `What kind of text is this?\n\n${TICKET}`, "A complaint.", { expect: "unchecked" }),
  ok("scores for every label", SENTIMENT, '{"positive": 0.1, "negative": 0.8, "neutral": 0.1}', {
    expect: "unchecked",
  }),
  ok(
    "a label that is only denied",
    "Is this spam? Classify as spam or ham: See you at noon.",
    "I do not think that this is spam at all",
    { expect: "unchecked" },
  ),
];
