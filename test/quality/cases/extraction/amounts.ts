import { fenced } from "../../fenced.ts";
import type { AnswerCase } from "../case.ts";
const x = (
  name: string,
  prompt: string,
  answer: string,
  expect: AnswerCase["expect"],
  responseSchema?: AnswerCase["responseSchema"],
): AnswerCase => ({
  name,
  task: "extraction",
  prompt,
  answer,
  expect,
  ...(responseSchema === undefined ? {} : { responseSchema }),
});
const EVENT =
  "Extract the event details: title, date (DD/MM/YYYY), start time, venue, ticket price. Output JSON.\n\nJoin us for Jazz Under the Stars on Saturday, August 9, 2025! Doors open 7:30 PM at Riverside Amphitheater. Tickets are $35 at the door.";
const MED =
  "Extract medications as a JSON array with name, dose and frequency from this note:\n\nPatient continues metformin 500 mg twice daily and lisinopril 10 mg once daily. Stopped atorvastatin.";
const NEWS =
  'Which companies and amounts are mentioned? Return JSON: {"deals": [{"buyer": string, "target": string, "amount_usd": number}]}\n\nZenith Software agreed to buy CloudForge for $1.2 billion, while Palmer Foods picked up snack maker Crisply for $340 million.';
const EMAILS =
  "Extract every email address in the text below as a JSON array.\n\nContact sales@acme.example or support@acme.example. For press, write to Jo at jo.press@acme.example.";
export const AMOUNTS: readonly AnswerCase[] = [
  x(
    "an event",
    EVENT,
    '{"title": "Jazz Under the Stars", "date": "09/08/2025", "start_time": "7:30 PM", "venue": "Riverside Amphitheater", "ticket_price": "$35"}',
    "verified",
  ),
  x(
    "an event whose day and month are turned",
    EVENT,
    '{"title": "Jazz Under the Stars", "date": "08/09/2025", "start_time": "7:30 PM", "venue": "Riverside Amphitheater", "ticket_price": "$35"}',
    "failed",
  ),
  x(
    "an event at another place",
    EVENT,
    '{"title": "Jazz Under the Stars", "date": "09/08/2025", "start_time": "7:30 PM", "venue": "Lakeside Pavilion", "ticket_price": "$35"}',
    "failed",
  ),
  x(
    "medications",
    MED,
    fenced(
      "json",
      '[{"name": "metformin", "dose": "500 mg", "frequency": "twice daily"}, {"name": "lisinopril", "dose": "10 mg", "frequency": "once daily"}]',
    ),
    "verified",
  ),
  x(
    "a dose ten times as large",
    MED,
    '[{"name": "metformin", "dose": "5000 mg", "frequency": "twice daily"}, {"name": "lisinopril", "dose": "10 mg", "frequency": "once daily"}]',
    "failed",
  ),
  x(
    "a drug that nobody takes",
    MED,
    '[{"name": "metformin", "dose": "500 mg", "frequency": "twice daily"}, {"name": "amlodipine", "dose": "10 mg", "frequency": "once daily"}]',
    "failed",
  ),
  x(
    "amounts written out",
    NEWS,
    '{"deals": [{"buyer": "Zenith Software", "target": "CloudForge", "amount_usd": 1200000000}, {"buyer": "Palmer Foods", "target": "Crisply", "amount_usd": 340000000}]}',
    "verified",
  ),
  x(
    "an amount that lost three zeros",
    NEWS,
    '{"deals": [{"buyer": "Zenith Software", "target": "CloudForge", "amount_usd": 12000000}, {"buyer": "Palmer Foods", "target": "Crisply", "amount_usd": 340000000}]}',
    "failed",
  ),
  x("all addresses", EMAILS, '["sales@acme.example", "support@acme.example", "jo.press@acme.example"]', "verified"),
  x("an address passed over", EMAILS, '["sales@acme.example", "support@acme.example"]', "failed"),
];
