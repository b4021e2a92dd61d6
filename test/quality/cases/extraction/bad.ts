import { fenced } from "../../subject.ts";
import type { AnswerCase } from "../case.ts";
import { INVOICE, MAIL, REPORT } from "./sources.ts";

const failed = (
  name: string,
  prompt: string,
  answer: string,
  by: string,
  over: Partial<AnswerCase> = {},
): AnswerCase => ({
  name,
  task: "extraction",
  prompt,
  answer,
  expect: "failed",
  by,
  ...over,
});
const GROUNDED = "values_grounded";

const PERSON = {
  type: "object",
  required: ["name", "email"],
  properties: { name: { type: "string" }, email: { type: ["string", "null"] } },
};
const ASK = `Extract the sender as JSON.\n\n${MAIL}`;

export const BAD: readonly AnswerCase[] = [
  failed("invents a name", ASK, '{"name": "Thomas Müller", "email": "tom.becker@example.org"}', GROUNDED),
  failed(
    "invents an address, by the schema",
    `Extract.\n\n${MAIL}`,
    '{"name": "Tom Becker", "email": "tbecker@gmail.com"}',
    GROUNDED,
    { responseSchema: PERSON },
  ),
  failed(
    "leaves out an address that is there",
    `Extract the author as JSON.\n\nWritten by Ann Lee, ann@lee.example, in May.`,
    '{"name": "Ann Lee", "email": null}',
    GROUNDED,
  ),
  failed(
    "misses one of all addresses",
    `Extract all email addresses as JSON.\n\n${MAIL}`,
    '["tom.becker@example.org", "aisha.khan@example.org"]',
    GROUNDED,
  ),
  failed(
    "turns figures around",
    `Extract total and vat as JSON.\n\n${INVOICE}`,
    '{"total": 1471.29, "vat": 226.29}',
    GROUNDED,
  ),
  failed(
    "invents a date",
    `Extract number and date as JSON.\n\n${INVOICE}`,
    '{"invoice": "INV-2024-0917", "date": "2024-09-27"}',
    GROUNDED,
  ),
  failed(
    "invents an invoice number",
    `Extract number and date as JSON.\n\n${INVOICE}`,
    '{"invoice_number": "INV-2024-0971", "date": "2024-09-17"}',
    GROUNDED,
  ),
  failed("invents a telephone number", ASK, '{"name": "Tom Becker", "phone": "+49 30 1234 9999"}', GROUNDED),
  failed(
    "invents one of many people",
    `List all people:\n\n${REPORT}`,
    "- Laura Chen\n- Raj Patel\n- Michael Torres",
    GROUNDED,
  ),
  failed(
    "invents a place and a year",
    `Extract company, headquarters and founding year.\n\n${REPORT}`,
    "Company: Acme Robotics\nHeadquarters: Boston\nFounded: 2011",
    GROUNDED,
  ),
  failed(
    "invents a quantity",
    `Extract items as JSON.\n\n${INVOICE}`,
    '[{"name": "Oak desk", "quantity": 6, "price": 249}, {"name": "LED lamp", "quantity": 10, "price": 19.5}]',
    GROUNDED,
  ),
  failed(
    "fills in from the template",
    `Return JSON like {"name": "...", "city": "..."}.\n\n${MAIL}`,
    '{"name": "Jane Smith", "city": "Springfield"}',
    GROUNDED,
  ),
  failed(
    "invents a clock time",
    `Extract date and time as JSON.\n\n${MAIL}`,
    '{"date": "2026-03-05", "time": "16:45"}',
    GROUNDED,
  ),
  failed("does not match the schema", `Extract.\n\n${MAIL}`, '{"name": "Tom Becker"}', "schema", {
    responseSchema: PERSON,
  }),
  failed(
    "is prose instead of JSON",
    `Extract the sender as JSON.\n\n${MAIL}`,
    "The sender is Tom Becker, and his address is tom.becker@example.org.",
    "json_asked",
  ),
  failed("is cut off", ASK, '{"name": "Tom Becker", "email": "tom.bec', "json_asked"),
  failed(
    "lacks a key that was asked for",
    `Extract as JSON with keys name, email and phone.\n\n${MAIL}`,
    '{"name": "Tom Becker", "email": "tom.becker@example.org"}',
    "json_asked",
  ),
  failed(
    "two blocks of JSON",
    ASK,
    `${fenced("json", '{"name": "Tom Becker"}')}\n${fenced("json", '{"email": "tom.becker@example.org"}')}`,
    "json_asked",
  ),
  failed(
    "quotes what nobody said",
    `Extract the quote of the CEO as JSON.\n\n${REPORT}`,
    '{"speaker": "Laura Chen", "quote": "We are thrilled about our outstanding momentum everywhere"}',
    GROUNDED,
  ),
  failed("refuses", ASK, "I'm sorry, but I can't help with that.", "not_refusal"),
  failed(
    "misses one of all addresses of the text",
    `Extract all email addresses from the text as JSON.\n\n${MAIL}`,
    '["tom.becker@example.org", "aisha.khan@example.org"]',
    GROUNDED,
  ),
  failed(
    "has no key for a thing that was named",
    "Extract invoice number, date, vendor and total as JSON.\n\nInvoice INV-7 of 2024-03-02 from Acme Ltd. Total: $120.00",
    '{"invoice_number": "INV-7", "date": "2024-03-02", "total": 120}',
    "json_asked",
  ),
];
