import type { VerdictStatus } from "../../../../src/core/verdict.ts";
import type { AnswerCase } from "../case.ts";

const SCHEMA = {
  type: "object",
  properties: {
    name: { type: "string" },
    amount: { type: "number" },
    currency: { type: "string" },
    due: { type: "string" },
  },
};
const LEGAL =
  'This Lease Agreement is made on the 1st day of July 2023 between Oakwood Properties LLC ("Landlord") and Daniel P. Moreno ("Tenant"). Monthly rent: one thousand eight hundred fifty dollars ($1,850.00), due on the first of each month. Security deposit equals two months\' rent. Term: 12 months.';
const LOG =
  "2024-11-02T08:15:22Z ERROR [payment-svc] txn=8f3a21 user=4411 timeout after 3000ms\n2024-11-02T08:15:25Z WARN [auth-svc] user=9120 retry 2/5";
const CHAT =
  "Anna: can we move the sync to 4?\nBen: sure, 4:30 works better. I'll bring the Q3 numbers.\nAnna: great. Also, please send the deck to lena@corp.example.";
const ROWS: readonly (readonly [VerdictStatus, Omit<AnswerCase, "name" | "expect">])[] = [
  [
    "verified",
    {
      task: "extraction",
      prompt: "Pull the parties, start date, rent and deposit from this lease as JSON.\n\n" + LEGAL,
      answer:
        '{"landlord":"Oakwood Properties LLC","tenant":"Daniel P. Moreno","start_date":"2023-07-01","monthly_rent":1850,"security_deposit":3700,"term_months":12}',
    },
  ],
  [
    "failed",
    {
      task: "extraction",
      prompt: "Pull the parties, start date, rent and deposit from this lease as JSON.\n\n" + LEGAL,
      answer:
        '{"landlord":"Oakwood Properties LLC","tenant":"Daniel P. Moreno","start_date":"2023-07-15","monthly_rent":1850}',
    },
  ],
  [
    "failed",
    {
      task: "extraction",
      prompt: "Pull the parties, start date, rent and deposit from this lease as JSON.\n\n" + LEGAL,
      answer: '{"landlord":"Oakwood Properties LLC","tenant":"David Moreno","monthly_rent":1580}',
    },
  ],
  [
    "verified",
    {
      task: "extraction",
      prompt:
        "Convert each log line into a JSON object with timestamp, level, service, user. Output a JSON array only.\n```\n" +
        LOG +
        "\n```",
      answer:
        '[{"timestamp":"2024-11-02T08:15:22Z","level":"ERROR","service":"payment-svc","user":4411},{"timestamp":"2024-11-02T08:15:25Z","level":"WARN","service":"auth-svc","user":"9120"}]',
    },
  ],
  [
    "failed",
    {
      task: "extraction",
      prompt:
        "Convert each log line into a JSON object with timestamp, level, service, user. Output a JSON array only.\n```\n" +
        LOG +
        "\n```",
      answer:
        '[{"timestamp":"2024-11-02T08:15:22Z","level":"ERROR","service":"payment-svc","user":4411},{"timestamp":"2024-11-02T08:15:25Z","level":"WARN","service":"billing-svc","user":"9121"}]',
    },
  ],
  [
    "verified",
    {
      task: "extraction",
      prompt: "Extract action items (owner, task) from this chat.\n\n" + CHAT,
      answer:
        "| Owner | Task |\n|---|---|\n| Ben | Bring the Q3 numbers |\n| Ben | Send the deck to lena@corp.example |",
    },
  ],
  [
    "failed",
    {
      task: "extraction",
      prompt: "Extract action items (owner, task) from this chat.\n\n" + CHAT,
      answer:
        "| Owner | Task |\n|---|---|\n| Carlos | Bring the Q3 numbers |\n| Ben | Send the deck to lena@corp.example |",
    },
  ],
  [
    "verified",
    {
      task: "extraction",
      prompt: "Extract.",
      context: {
        files: [
          {
            path: "bill.txt",
            content: "Stadtwerke Köln\nRechnungsbetrag: 84,90 EUR\nFällig am 03.12.2024\nKunde: Frau Petra Vogt",
          },
        ],
      },
      responseSchema: SCHEMA,
      answer: '{"name":"Petra Vogt","amount":84.9,"currency":"EUR","due":"2024-12-03"}',
    },
  ],
  [
    "failed",
    {
      task: "extraction",
      prompt: "Extract.",
      context: {
        files: [
          {
            path: "bill.txt",
            content: "Stadtwerke Köln\nRechnungsbetrag: 84,90 EUR\nFällig am 03.12.2024\nKunde: Frau Petra Vogt",
          },
        ],
      },
      responseSchema: SCHEMA,
      answer: '{"name":"Petra Vogt","amount":849,"currency":"EUR","due":"2024-12-13"}',
    },
  ],
  [
    "verified",
    {
      task: "extraction",
      prompt:
        "What are the ingredients and quantities? JSON please.\n\nMix 200 g flour, 3 eggs, half a liter of milk and a pinch of salt.",
      answer:
        '{"ingredients":[{"name":"flour","quantity":200,"unit":"g"},{"name":"eggs","quantity":3,"unit":"pcs"},{"name":"milk","quantity":0.5,"unit":"l"},{"name":"salt","quantity":1,"unit":"pinch"}]}',
    },
  ],
  [
    "failed",
    {
      task: "extraction",
      prompt:
        "What are the ingredients and quantities? JSON please.\n\nMix 200 g flour, 3 eggs, half a liter of milk and a pinch of salt.",
      answer:
        '{"ingredients":[{"name":"flour","quantity":250,"unit":"g"},{"name":"eggs","quantity":3,"unit":"pcs"},{"name":"sugar","quantity":50,"unit":"g"}]}',
    },
  ],
  [
    "verified",
    {
      task: "extraction",
      prompt:
        "Extract the person's details from: 'Hi, I'm Sofía, 29, living in Lisbon and working as a nurse.' Return JSON with name, age, city, job.",
      answer: '{"name": "Sofía", "age": 29, "city": "Lisbon", "job": "nurse"}',
    },
  ],
  [
    "verified",
    {
      task: "extraction",
      prompt:
        "Extract key facts from the press release as bullets.\n\nVolta Motors will open a plant in Tampere in 2027, creating 1,500 jobs and costing €800 million.",
      answer:
        "- **Company**: Volta Motors\n- **Location**: Tampere\n- **Opening**: 2027\n- **Jobs**: 1,500\n- **Investment**: €800 million",
    },
  ],
  [
    "failed",
    {
      task: "extraction",
      prompt:
        "Extract key facts from the press release as bullets.\n\nVolta Motors will open a plant in Tampere in 2027, creating 1,500 jobs and costing €800 million.",
      answer:
        "- **Company**: Volta Motors\n- **Location**: Helsinki\n- **Opening**: 2028\n- **Jobs**: 1,500\n- **Investment**: €900 million",
    },
  ],
  [
    "verified",
    {
      task: "classification",
      prompt:
        "Given the label set below pick the best match.\n\n| Label | Meaning |\n|---|---|\n| refund | wants money back |\n| delay | parcel is late |\n\nMessage: where is my parcel?",
      context: { labels: "refund, delay" },
      answer: "delay",
    },
  ],
  [
    "verified",
    {
      task: "classification",
      prompt: "Decide if the tweet is hateful. Output 1 for hateful, 0 otherwise.\n\nTweet: I love dogs",
      answer: "0",
    },
  ],
  [
    "verified",
    {
      task: "classification",
      prompt:
        "Assign a priority (Low / Medium / High / Critical) to this bug and justify briefly: app crashes on login for all users.",
      answer:
        "**Priority: Critical**\n\nAll users are locked out; a medium or low priority would leave the product unusable.",
    },
  ],
  [
    "failed",
    {
      task: "classification",
      prompt:
        "Assign a priority (Low / Medium / High / Critical) to this bug and justify briefly: app crashes on login for all users.",
      answer: "**Priority: Blocker**\n\nAll users are locked out.",
    },
  ],
  [
    "verified",
    {
      task: "classification",
      prompt:
        "Classify the email below. Categories: Work, Personal, Promotions, Social\n\nEmail: 50% off all shoes this weekend!\n\nRespond in the format `Category: <name>`",
      answer: "Category: Promotions",
    },
  ],
  [
    "verified",
    {
      task: "classification",
      prompt:
        'Respond with a JSON object {"sentiment": "positive" | "negative" | "neutral", "score": 0-1}.\n\nText: meh.',
      answer: '{"sentiment": "neutral", "score": 0.5}',
    },
  ],
  [
    "failed",
    {
      task: "classification",
      prompt:
        'Respond with a JSON object {"sentiment": "positive" | "negative" | "neutral", "score": 0-1}.\n\nText: meh.',
      answer: '{"sentiment": "indifferent", "score": 0.5}',
    },
  ],
  [
    "verified",
    {
      task: "classification",
      prompt: "Which of these emotions is expressed: joy, anger, sadness, fear, surprise? 'I can't believe we won!!!'",
      answer: "joy",
    },
  ],
  [
    "verified",
    {
      task: "classification",
      prompt:
        "For every ticket below, output its id and one of [bug, feature, question].\n\nT-1: App crashes\nT-2: Please add dark mode\nT-3: How do I export?",
      answer: "T-1: bug\nT-2: feature\nT-3: question",
    },
  ],
  [
    "failed",
    {
      task: "classification",
      prompt:
        "For every ticket below, output its id and one of [bug, feature, question].\n\nT-1: App crashes\nT-2: Please add dark mode\nT-3: How do I export?",
      answer: "T-1: bug\nT-2: enhancement\nT-3: question",
    },
  ],
  [
    "verified",
    {
      task: "classification",
      prompt: "Classifique o texto como 'urgente' ou 'não urgente': O servidor caiu!",
      answer: "Urgente",
    },
  ],
  [
    "unchecked",
    {
      task: "translation",
      prompt: "Translate to English:\n「今日は天気がいいから、公園を散歩しましょう。」",
      answer: '"The weather is nice today, so let\'s take a walk in the park."',
    },
  ],
  [
    "unchecked",
    {
      task: "translation",
      prompt:
        "Translate the markdown to Dutch\n\n# Getting started\n\nRun `npm install` and open http://localhost:3000 in your browser.",
      answer: "# Aan de slag\n\nVoer `npm install` uit en open http://localhost:3000 in je browser.",
    },
  ],
  [
    "unchecked",
    {
      task: "summarization",
      prompt: "Summarise the transcript in 2-3 sentences:\n\n" + CHAT.repeat(6),
      answer: "Anna and Ben agree to move the sync to 4:30. Ben brings the Q3 numbers and sends the deck to Lena.",
    },
  ],
  [
    "unchecked",
    {
      task: "general",
      prompt: "Write a 2 sentence bio for a software engineer named Kim.",
      answer:
        "Kim is a software engineer with ten years of experience in distributed systems. Outside of work, Kim climbs mountains and bakes bread.",
    },
  ],
  [
    "failed",
    {
      task: "general",
      prompt: "Write a 2 sentence bio for a software engineer named Kim.",
      answer:
        "Kim is a software engineer. Kim has ten years of experience in distributed systems. Outside of work, Kim climbs mountains. Kim also bakes bread.",
    },
  ],
];

/** Requests and answers in other hands than those of the other cases: kept as they were first written. */
export const OTHERS: readonly AnswerCase[] = ROWS.map(([expect, row]) => ({
  ...row,
  expect,
  name: `${row.task}, "${row.prompt.slice(0, 40).replaceAll("\n", " ")}…": ${row.answer.slice(0, 50).replaceAll("\n", " ")}`,
}));
