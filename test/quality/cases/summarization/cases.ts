import { fenced } from "../../subject.ts";
import type { AnswerCase } from "../case.ts";
import { ARTICLE, OFF, SHORT } from "./sources.ts";

const task = "summarization";
const fine = (name: string, prompt: string, answer: string, over: Partial<AnswerCase> = {}): AnswerCase => ({
  name,
  task,
  prompt,
  answer,
  expect: "unchecked",
  ...over,
});
const bad = (name: string, by: string, prompt: string, answer: string, over: Partial<AnswerCase> = {}): AnswerCase => ({
  name,
  task,
  prompt,
  answer,
  expect: "failed",
  by,
  ...over,
});

const POINTS = ["The bridge closes for eighteen months", "A ferry and a fund soften the blow", "Opponents go to court"];
const bullets = (points: readonly string[], mark = "-"): string => points.map((point) => `${mark} ${point}`).join("\n");
const words = (count: number): string =>
  `${"Harborview closes the old bridge while its council argues about cost and time ".repeat(1)}${Array.from({ length: count - 13 }, (_, at) => `word${at}`).join(" ")}.`;

export const FINE: readonly AnswerCase[] = [
  fine("a plain summary", `Summarize the following article:\n\n${ARTICLE}`, SHORT),
  fine("a summary of a text in the context", "Summarize the article.", SHORT, { context: { article: ARTICLE } }),
  fine("a summary of a file", "Give me a summary of the file.", SHORT, {
    context: { files: [{ path: "a.txt", content: ARTICLE }] },
  }),
  fine("three sentences as asked", `Summarize in 3 sentences:\n\n${ARTICLE}`, SHORT),
  fine("fewer sentences than allowed", `Summarize in at most five sentences.\n\n${ARTICLE}`, SHORT),
  fine(
    "one sentence with abbreviations and figures",
    `Summarize in one sentence.\n\n${ARTICLE}`,
    "Dr. Dahl's council closes the bridge (opened ca. 1931) for 1.5 years, at approx. 61 m. crowns vs. 65 for the faster way.",
  ),
  fine("the asked bullet points", `Summarize as 3 bullet points.\n\n${ARTICLE}`, bullets(POINTS)),
  fine(
    "the asked points with sub-points",
    `Give me three bullet points.\n\n${ARTICLE}`,
    POINTS.map((point) => `- ${point}\n  - more of it`).join("\n"),
  ),
  fine(
    "points with another mark, after a heading",
    `Summarize this in 3-5 bullets.\n\n${ARTICLE}`,
    `## Key points\n\n${bullets(POINTS, "•")}`,
  ),
  fine(
    "numbered points",
    `Summarize as three bullet points.\n\n${ARTICLE}`,
    "1. The bridge closes\n2. A ferry runs\n3. Opponents sue",
  ),
  fine("a little over the words asked for", `Summarize in about 30 words.\n\n${ARTICLE}`, SHORT),
  fine(
    "a preamble before one paragraph",
    `Summarize in one paragraph.\n\n${ARTICLE}`,
    `Here is a summary of the article:\n\n${SHORT}`,
  ),
  fine("sentences taken over", `Summarize this.\n\n${ARTICLE}`, ARTICLE.slice(0, ARTICLE.indexOf("\n\n"))),
  fine(
    "a summary in another language",
    `Fasse den Artikel auf Deutsch zusammen:\n\n${ARTICLE}`,
    "Harborview sperrt die Lindqvist-Brücke für achtzehn Monate. Eine Fähre und ein Fonds sollen helfen. Gegner wollen klagen.",
  ),
  fine(
    "a short text said as long",
    "Summarize: The meeting is moved to Monday at nine.",
    "The meeting now takes place on Monday at nine in the morning.",
  ),
  fine(
    "a table",
    `Summarize as a table.\n\n${ARTICLE}`,
    "| What | When |\n|---|---|\n| Closure | spring |\n| Court | summer |",
  ),
  fine(
    "CRLF and emphasis",
    `Summarize in 3 sentences:\r\n\r\n${ARTICLE}`,
    SHORT.replaceAll("\n", "\r\n").replace("Harborview", "**Harborview**"),
  ),
  fine(
    "JSON",
    `Summarize as JSON with a list of points.\n\n${ARTICLE}`,
    fenced("json", JSON.stringify({ points: POINTS })),
  ),
  fine(
    "a length that the article speaks of",
    `Summarize this letter.\n\nPlease answer in two words. ${ARTICLE}`,
    SHORT,
  ),
];

export const BAD: readonly AnswerCase[] = [
  bad("is longer than its source", "summary_form", `Summarize:\n\n${ARTICLE}`, `${ARTICLE}\n\n${SHORT}`),
  bad("copies its source", "summary_form", `Summarize:\n\n${ARTICLE}`, ARTICLE),
  bad(
    "copies nearly all of its source",
    "summary_form",
    `Summarize:\n\n${ARTICLE}`,
    ARTICLE.slice(0, ARTICLE.lastIndexOf("When it")),
  ),
  bad("is about something else", "summary_form", `Summarize:\n\n${ARTICLE}`, OFF),
  bad("has three sentences for one", "length_asked", `Summarize in one sentence:\n\n${ARTICLE}`, SHORT),
  bad(
    "has five sentences for two",
    "length_asked",
    `Summarize the text below in two sentences.\n\n${ARTICLE}`,
    `${SHORT} The mayor wants no hurry. The state pays most of it.`,
  ),
  bad("has far more words than allowed", "length_asked", `Summarize in under 50 words.\n\n${ARTICLE}`, words(90)),
  bad("has twice the words asked for", "length_asked", `Write a 50-word summary.\n\n${ARTICLE}`, words(110)),
  bad(
    "has five points for three",
    "length_asked",
    `Summarize as three bullet points.\n\n${ARTICLE}`,
    bullets([...POINTS, "The state pays", "Trams come later"]),
  ),
  bad("has two points for five", "length_asked", `Give me 5 bullet points.\n\n${ARTICLE}`, bullets(POINTS.slice(0, 2))),
  bad(
    "is too long for a message",
    "length_asked",
    `Summarize in at most 140 characters.\n\n${ARTICLE}`,
    SHORT.replaceAll("\n", " "),
  ),
  bad(
    "has three paragraphs for one",
    "length_asked",
    `Summarize in one paragraph.\n\n${ARTICLE}`,
    SHORT.replaceAll(". ", ".\n\n"),
  ),
  bad(
    "breaks off in a sentence",
    "prose_ends",
    `Summarize:\n\n${ARTICLE}`,
    `${SHORT} The mayor rejected the idea because the`,
  ),
  bad("breaks off at a heading", "prose_ends", `Summarize:\n\n${ARTICLE}`, `${SHORT}\n\n## Conclusion`),
  bad(
    "breaks off in a list",
    "prose_ends",
    `Summarize:\n\n${ARTICLE}`,
    `The article says in short what follows here:\n\n${bullets(POINTS)}\n-`,
  ),
  bad(
    "runs in circles",
    "not_degenerate",
    `Summarize:\n\n${ARTICLE}`,
    "The bridge will be closed by the council. ".repeat(30),
  ),
  bad("refuses", "not_refusal", `Summarize:\n\n${ARTICLE}`, "I'm sorry, but I can't assist with summarising this."),
];
