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
const JOBP =
  "Extract the job title, company, location, salary_min and salary_max as JSON.\n\nWe're hiring a Senior Data Engineer at Helio Labs in Austin, TX (hybrid). Pay: $140,000 – $165,000 plus bonus.";
const LOG =
  "Get timestamp, level and message from each log line as a JSON array.\n\n2025-06-01T10:00:00Z INFO Server started\n2025-06-01T10:00:05Z ERROR Connection refused";
const PET = {
  type: "object",
  required: ["name", "species", "age"],
  properties: {
    name: { type: "string" },
    species: { enum: ["dog", "cat", "other"] },
    age: { type: ["number", "null"] },
  },
};
const PETS = "Fill in the record.\n\nBiscuit is a golden retriever who loves the beach.";
export const RECORDS: readonly AnswerCase[] = [
  x(
    "a salary range as numbers",
    JOBP,
    '{"job_title": "Senior Data Engineer", "company": "Helio Labs", "location": "Austin, TX", "salary_min": 140000, "salary_max": 165000}',
    "verified",
  ),
  x(
    "an upper bound made up",
    JOBP,
    '{"job_title": "Senior Data Engineer", "company": "Helio Labs", "location": "Austin, TX", "salary_min": 140000, "salary_max": 180000}',
    "failed",
  ),
  x(
    "a company that is not in the text",
    JOBP,
    '{"job_title": "Senior Data Engineer", "company": "Helios Energy", "location": "Austin, TX", "salary_min": 140000, "salary_max": 165000}',
    "failed",
  ),
  x(
    "a location left out",
    JOBP,
    '{"job_title": "Senior Data Engineer", "company": "Helio Labs", "salary_min": 140000, "salary_max": 165000}',
    "failed",
  ),
  x(
    "lines of a log",
    LOG,
    fenced(
      "json",
      '[{"timestamp": "2025-06-01T10:00:00Z", "level": "INFO", "message": "Server started"}, {"timestamp": "2025-06-01T10:00:05Z", "level": "ERROR", "message": "Connection refused"}]',
    ),
    "verified",
  ),
  x(
    "a minute of a log line changed",
    LOG,
    '[{"timestamp": "2025-06-01T10:00:00Z", "level": "INFO", "message": "Server started"}, {"timestamp": "2025-06-01T10:05:05Z", "level": "ERROR", "message": "Connection refused"}]',
    "failed",
  ),
  x("an age that is null", PETS, '{"name": "Biscuit", "species": "dog", "age": null}', "verified", PET),
  x("an age of its own making", PETS, '{"name": "Biscuit", "species": "dog", "age": 4}', "failed", PET),
];
