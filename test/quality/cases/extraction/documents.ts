import { fenced } from "../../fenced.ts";
import type { AnswerCase } from "../case.ts";

const extraction = (
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

const FLIGHT = `Extract the booking as JSON with keys passenger, flight, from, to, departure (ISO 8601) and seat. Use null for anything missing.

Dear Ms Amara Okafor, your booking is confirmed. Flight LH 402 from Frankfurt to Newark departs on 14 May 2025 at 13:25. Baggage: 2 x 23 kg.`;
const REVIEW = `Pull out the pros and cons from this review as two lists.

Battery easily lasts two days and the screen is gorgeous. On the downside, it is heavy and the speakers are tinny.`;
const CV =
  "Extract candidate name, email, phone and years of experience.\n\nJohn O'Neill\njohn.oneill@mail.example | +353 86 123 4567\nSenior engineer with 12 years of experience in embedded systems.";
const CV_SCHEMA = {
  type: "object",
  required: ["name", "email", "phone", "years_of_experience"],
  properties: {
    name: { type: "string" },
    email: { type: "string", format: "email" },
    phone: { type: "string" },
    years_of_experience: { type: "integer" },
  },
};
const ORDER = `Return the line items as a JSON array: sku, quantity, unit_price.

PO 7781
A-100  x3   12.50
B-220  x1   89.00
C-305  x10   1.15`;

export const DOCUMENTS: readonly AnswerCase[] = [
  extraction(
    "a booking with its date turned to ISO and a seat that is not there",
    FLIGHT,
    '{"passenger": "Amara Okafor", "flight": "LH 402", "from": "Frankfurt", "to": "Newark", "departure": "2025-05-14T13:25:00", "seat": null}',
    "verified",
  ),
  extraction(
    "a seat that nobody gave",
    FLIGHT,
    '{"passenger": "Amara Okafor", "flight": "LH 402", "from": "Frankfurt", "to": "Newark", "departure": "2025-05-14T13:25:00", "seat": "14C"}',
    "failed",
  ),
  extraction(
    "a date in words where ISO is asked for",
    FLIGHT,
    '{"passenger": "Amara Okafor", "flight": "LH 402", "from": "Frankfurt", "to": "Newark", "departure": "14 May 2025", "seat": null}',
    "failed",
  ),
  extraction(
    "another month",
    FLIGHT,
    '{"passenger": "Amara Okafor", "flight": "LH 402", "from": "Frankfurt", "to": "Newark", "departure": "2025-04-14T13:25:00", "seat": null}',
    "failed",
  ),
  extraction(
    "a key without its value's key",
    FLIGHT,
    '{"passenger": "Amara Okafor", "flight": "LH 402", "from": "Frankfurt", "to": "Newark", "departure": "2025-05-14T13:25:00"}',
    "failed",
  ),
  extraction(
    "lists in the source's words",
    REVIEW,
    "**Pros**\n- Battery lasts two days\n- Gorgeous screen\n\n**Cons**\n- Heavy\n- Tinny speakers",
    "verified",
  ),
  extraction(
    "a CV by its schema",
    CV,
    '{"name": "John O\'Neill", "email": "john.oneill@mail.example", "phone": "+353861234567", "years_of_experience": 12}',
    "verified",
    CV_SCHEMA,
  ),
  extraction(
    "years as a text where a whole number is asked for",
    CV,
    '{"name": "John O\'Neill", "email": "john.oneill@mail.example", "phone": "+353 86 123 4567", "years_of_experience": "12 years"}',
    "failed",
    CV_SCHEMA,
  ),
  extraction(
    "a phone number with a digit changed",
    CV,
    '{"name": "John O\'Neill", "email": "john.oneill@mail.example", "phone": "+353 86 123 4576", "years_of_experience": 12}',
    "failed",
    CV_SCHEMA,
  ),
  extraction(
    "items as an array",
    ORDER,
    fenced(
      "json",
      '[{"sku": "A-100", "quantity": 3, "unit_price": 12.5}, {"sku": "B-220", "quantity": 1, "unit_price": 89}, {"sku": "C-305", "quantity": 10, "unit_price": 1.15}]',
    ),
    "verified",
  ),
  extraction(
    "an item's price that belongs to no item",
    ORDER,
    '[{"sku": "A-100", "quantity": 3, "unit_price": 15.2}, {"sku": "B-220", "quantity": 1, "unit_price": 89}, {"sku": "C-305", "quantity": 10, "unit_price": 1.15}]',
    "failed",
  ),
];
