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

const RECEIPT = `Extract merchant, date (YYYY-MM-DD), total and payment method from this receipt as JSON.

CAFÉ LUMIÈRE
14 Rue des Martyrs, Paris
03/11/2025 09:41
2x Espresso      5,00
1x Croissant     2,20
TOTAL EUR        7,20
Carte bancaire **** 4821`;
const SHIPPING = `From the email below pull out the order number, the tracking number and the carrier.

Hi Dana, good news: order SO-88412 left our warehouse this morning with DHL Express. You can follow it under JD014600006228974883. It should be with you on Thursday. Best, Priya`;
const SHIPPING_SCHEMA = {
  type: "object",
  additionalProperties: false,
  required: ["order_number", "tracking_number", "carrier"],
  properties: {
    order_number: { type: "string", pattern: "^SO-\\d+$" },
    tracking_number: { type: "string" },
    carrier: { type: "string", enum: ["DHL", "UPS", "FedEx", "Other"] },
  },
};
const PEOPLE = `List every person mentioned with their role. Return a JSON array of objects with "name" and "role"; role is null when it is not stated.

The board met on Tuesday. Chair Ingrid Solberg opened the session; CFO Marcus Webb presented the figures. Yuki Tanaka asked about the outlook.`;

export const FORMS: readonly AnswerCase[] = [
  extraction(
    "a receipt with day and month turned to the asked form",
    RECEIPT,
    '{"merchant": "Café Lumière", "date": "2025-11-03", "total": 7.20, "payment_method": "Carte bancaire"}',
    "verified",
  ),
  extraction(
    "a receipt, fenced and with a word before it",
    RECEIPT,
    `Here is the data:\n\n${fenced("json", '{\n  "merchant": "CAFÉ LUMIÈRE",\n  "date": "2025-11-03",\n  "total": 7.2,\n  "currency": "EUR",\n  "payment_method": "card"\n}')}`,
    "verified",
  ),
  extraction(
    "the asked form of the date not kept",
    RECEIPT,
    '{"merchant": "Café Lumière", "date": "03/11/2025", "total": 7.20, "payment_method": "Carte bancaire"}',
    "failed",
  ),
  extraction(
    "a total that is nowhere in the receipt",
    RECEIPT,
    '{"merchant": "Café Lumière", "date": "2025-11-03", "total": 9.20, "payment_method": "Carte bancaire"}',
    "failed",
  ),
  extraction(
    "a field left out",
    RECEIPT,
    '{"merchant": "Café Lumière", "date": "2025-11-03", "total": 7.20}',
    "failed",
  ),
  extraction(
    "a shipment by its schema",
    SHIPPING,
    '{"order_number": "SO-88412", "tracking_number": "JD014600006228974883", "carrier": "DHL"}',
    "verified",
    SHIPPING_SCHEMA,
  ),
  extraction(
    "a tracking number with two digits changed",
    SHIPPING,
    '{"order_number": "SO-88412", "tracking_number": "JD014600006228974838", "carrier": "DHL"}',
    "failed",
    SHIPPING_SCHEMA,
  ),
  extraction(
    "a value outside the schema's enum",
    SHIPPING,
    '{"order_number": "SO-88412", "tracking_number": "JD014600006228974883", "carrier": "DHL Express"}',
    "failed",
    SHIPPING_SCHEMA,
  ),
  extraction(
    "prose where the schema asks for JSON",
    SHIPPING,
    "The order number is SO-88412, the tracking number is JD014600006228974883 and the carrier is DHL.",
    "failed",
    SHIPPING_SCHEMA,
  ),
  extraction(
    "JSON that is cut off",
    SHIPPING,
    '{"order_number": "SO-88412", "tracking_number": "JD0146000062',
    "failed",
    SHIPPING_SCHEMA,
  ),
  extraction(
    "people with a null where no role is stated",
    PEOPLE,
    '[{"name": "Ingrid Solberg", "role": "Chair"}, {"name": "Marcus Webb", "role": "CFO"}, {"name": "Yuki Tanaka", "role": null}]',
    "verified",
  ),
  extraction(
    "a role that nobody stated",
    PEOPLE,
    '[{"name": "Ingrid Solberg", "role": "Chair"}, {"name": "Marcus Webb", "role": "CFO"}, {"name": "Yuki Tanaka", "role": "Investor"}]',
    "failed",
  ),
];
