import type { TaskScript } from "./answer.ts";

/** Pulling an order out of a mail. The bad answer leaves the quantities out and writes the date as it stood in the mail. */
export const extraction: TaskScript = {
  task: "extraction",
  matches: /\bextract the order\b/i,
  prompt:
    "Extract the order from this mail as one JSON object with the keys supplier, order, customer, items (each with name and quantity) " +
    "and due (as YYYY-MM-DD). Answer with the object alone.\n\n" +
    "Dear Sandbox Outfitters, for order A-1042 please send two oak shelves and one desk lamp, to arrive by 14 March 2027. Yours, Ana Duarte",
  good: `{
  "supplier": "Sandbox Outfitters",
  "order": "A-1042",
  "customer": "Ana Duarte",
  "items": [
    { "name": "oak shelf", "quantity": 2 },
    { "name": "desk lamp", "quantity": 1 }
  ],
  "due": "2027-03-14"
}
`,
  bad: `{
  "supplier": "Sandbox Outfitters",
  "order": "A-1042",
  "customer": "Ana Duarte",
  "items": ["oak shelves", "desk lamp"],
  "due": "14 March 2027"
}
`,
  tests: [
    { contains: ["A-1042", "Ana Duarte"] },
    {
      json_schema: {
        type: "object",
        required: ["items", "due"],
        properties: {
          due: { const: "2027-03-14" },
          items: { type: "array", minItems: 2, items: { type: "object", required: ["name", "quantity"] } },
        },
      },
    },
  ],
};
