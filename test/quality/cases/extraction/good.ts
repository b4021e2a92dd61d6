import { fenced } from "../../subject.ts";
import type { AnswerCase } from "../case.ts";
import { INVOICE, JOB, MAIL, REPORT } from "./sources.ts";

const task = "extraction";
const verified = (name: string, prompt: string, answer: string, over: Partial<AnswerCase> = {}): AnswerCase => ({
  name,
  task,
  prompt,
  answer,
  expect: "verified",
  ...over,
});

const INVOICE_SCHEMA = {
  type: "object",
  required: ["invoice_number", "date", "total", "currency"],
  properties: {
    invoice_number: { type: "string" },
    date: { type: "string", format: "date" },
    vendor: { type: "string" },
    customer: { type: "string" },
    contact_email: { type: ["string", "null"] },
    currency: { type: "string", enum: ["EUR", "USD", "GBP"] },
    total: { type: "number" },
    status: { type: "string", enum: ["open", "paid"] },
    items: { type: "array", items: { type: "object" } },
  },
};
const ASK_INVOICE = `Extract the invoice data.\n\n${INVOICE}`;

export const GOOD: readonly AnswerCase[] = [
  verified(
    "an invoice by its schema, dates and figures in the schema's own forms",
    ASK_INVOICE,
    JSON.stringify({
      invoice_number: "INV-2024-0917",
      date: "2024-09-17",
      vendor: "Northwind Traders GmbH",
      customer: "Contoso Ltd",
      contact_email: "maria.oeztuerk@contoso.example",
      currency: "EUR",
      total: 1417.29,
      status: "open",
      items: [
        { sku: "OD-120", description: "Oak desk", quantity: 4, unit_price: 249, line_total: 996 },
        { sku: "LL-7", description: "LED lamp", quantity: 10, unit_price: 19.5, line_total: 195 },
      ],
    }),
    { responseSchema: INVOICE_SCHEMA },
  ),
  verified(
    "a fenced block of JSON for a schema, null where nothing is said",
    "Extract the data of this booking request.",
    fenced(
      "json",
      '{"name": "Tom Becker", "company": null, "guests": 40, "date": "2026-03-05", "start": "14:30", "budget_usd": 2500}',
    ),
    { context: { email: MAIL }, responseSchema: { type: "object", required: ["name", "guests"] } },
  ),
  verified(
    "JSON that the prompt asks for, without a schema",
    `Extract name, email and phone of the sender as JSON with keys name, email and phone.\n\n${MAIL}`,
    '{"name": "Tom Becker", "email": "tom.becker@example.org", "phone": "+493012345678"}',
  ),
  verified(
    "keys in another case, pretty-printed, with a sentence before",
    `Return a JSON object with the fields \`fullName\`, \`guests\`.\n\n${MAIL}`,
    `Here is the data:\n\n${fenced("json", '{\n  "fullName": "Tom Becker",\n  "guests": 40\n}')}`,
  ),
  verified(
    "names as a bullet list",
    `List all people named in the following text:\n\n${REPORT}`,
    "- Laura Chen\n- Raj Patel",
  ),
  verified(
    "names as a numbered list with CRLF",
    `Extract the people.\n\n${REPORT}`,
    "1. Laura Chen\r\n2. Raj Patel\r\n",
  ),
  verified(
    "key and value lines with emphasis",
    `Extract company, CEO, revenue and employees from this article.\n\n${REPORT}`,
    "**Company:** Acme Robotics\n**CEO:** Laura Chen\n**Revenue:** $1.38 billion\n**Employees:** 4,200",
  ),
  verified(
    "figures written out",
    `Extract company, revenue in dollars and employees as JSON.\n\n${REPORT}`,
    '{"company": "Acme Robotics", "revenue": 1380000000, "net_income": 96000000, "employees": 4200, "growth": 0.12}',
  ),
  verified(
    "a table",
    `Put the line items of this invoice into a table.\n\n${INVOICE}`,
    "| Item | SKU | Quantity | Unit price |\n|---|---|---|---|\n| Oak desk | OD-120 | 4 | 249.00 |\n| LED lamp | LL-7 | 10 | 19.50 |",
  ),
  verified(
    "German figures and names in neutral forms",
    `Extrahiere die Daten als JSON: stadt, gehalt_von, gehalt_bis, ansprechpartner, telefon, beginn.\n\n${JOB}`,
    '{"stadt": "München", "gehalt_von": 65000, "gehalt_bis": 78000, "ansprechpartner": "Jörg Weiß", "telefon": "089 5554120", "beginn": "2025-02-01"}',
  ),
  verified(
    "names in another order, and without accents",
    `Extract the contact as JSON.\n\n${INVOICE}`,
    '{"last_name": "Oztürk", "first_name": "Maria", "contact": "Öztürk, Maria", "company": "Contoso Ltd."}',
  ),
  verified(
    "labels of the schema and flags beside what was copied",
    `Extract the fields.\n\n${MAIL}`,
    '{"sender": "Tom Becker", "intent": "booking", "has_budget": true, "guests": 40, "catering": 35}',
    {
      responseSchema: {
        type: "object",
        properties: { sender: { type: "string" }, intent: { enum: ["booking", "complaint"] } },
      },
    },
  ),
  verified(
    "worked-out totals beside what was copied",
    `Extract the items with line totals and the number of items as JSON.\n\n${INVOICE}`,
    '{"items": [{"name": "Oak desk", "quantity": 4, "total": 996}, {"name": "LED lamp", "quantity": 10, "total": 195}], "item_count": 14, "vat_rate": 19}',
  ),
  verified(
    "all addresses",
    `Extract all email addresses from the text.\n\n${MAIL}`,
    "tom.becker@example.org\nevents@hall.example\naisha.khan@example.org",
    { expect: "unchecked" },
  ),
  verified(
    "all addresses in JSON",
    `Extract all email addresses from the text as a JSON array.\n\n${MAIL}`,
    '["tom.becker@example.org", "events@hall.example", "aisha.khan@example.org"]',
  ),
  verified(
    "a company by its initials",
    "Extract the companies as JSON array: IBM and the WHO signed an agreement in Geneva.",
    '["International Business Machines", "World Health Organization", "IBM"]',
  ),
  verified(
    "an IBAN without its spaces",
    `Extract iban and vat as JSON.\n\n${INVOICE}`,
    '{"iban": "DE02120300000000202051", "vat": 226.29}',
  ),
];

export const UNCHECKED: readonly AnswerCase[] = [
  verified("nothing found", `Extract all tracking numbers as JSON.\n\n${MAIL}`, '{"tracking_numbers": []}', {
    expect: "unchecked",
  }),
  verified(
    "only reworded values",
    `Extract tone and summary as JSON.\n\n${MAIL}`,
    '{"tone": "friendly", "summary": "Somebody wants to hire a venue"}',
    { expect: "unchecked" },
  ),
  verified(
    "keys in other words than the prompt's",
    "Extract invoice number, date, vendor and total as JSON.\n\nInvoice INV-7 of 2024-03-02 from Acme Ltd. Total: $120.00",
    '{"number": "INV-7", "issued_on": "2024-03-02", "supplier": "Acme Ltd", "amount": 120}',
  ),
];
