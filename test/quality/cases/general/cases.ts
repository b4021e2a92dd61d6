import { fenced } from "../../subject.ts";
import type { AnswerCase } from "../case.ts";
import { OFF } from "../summarization/sources.ts";

const task = "general";
const fine = (name: string, prompt: string, answer: string): AnswerCase => ({
  name,
  task,
  prompt,
  answer,
  expect: "unchecked",
});
const bad = (name: string, by: string, prompt: string, answer: string): AnswerCase => ({
  name,
  task,
  prompt,
  answer,
  expect: "failed",
  by,
});

const EXPLAIN = "Explain how vaccines protect the body against a virus, for readers without medical knowledge.";
const GOOD = `Vaccines show your immune system a harmless piece of a virus. White blood cells learn its shape and make antibodies, which are small
proteins that stick to the invader. Afterwards memory cells stay behind for years. When the real virus enters the body, they recognise it at
once, and the illness stays mild or never begins at all.`;

export const FINE: readonly AnswerCase[] = [
  fine("an explanation", EXPLAIN, GOOD),
  fine("a number", "What is 17 * 23?", "391"),
  fine(
    "a letter with a closing",
    "Write an email to the team about the new office.",
    "Hello everyone,\n\nwe move to the new office in June. Boxes will be delivered next week, so please begin to pack your desks.\n\nBest regards,\nThe office team",
  ),
  fine(
    "a letter that ends with its greeting",
    "Write a short mail to my landlord that the heating is broken.",
    "Dear Mr Lee,\n\nthe heating in my flat has been broken since Monday. Could you please send somebody to look at it this week?\n\nKind regards,",
  ),
  fine(
    "a poem",
    "Write a poem about the sea.",
    "The sea is wide,\nthe sea is deep,\nit rocks the stones\nand sings to sleep,\nand all the gulls that ride the air\ncry out and wonder what is there,",
  ),
  fine(
    "code at the end",
    "How do I list files in bash?",
    `Use ls with the flag for hidden files as well, like this:\n\n${fenced("bash", "ls -la")}`,
  ),
  fine(
    "a list without full stops",
    "Name things to pack for a hike.",
    "Here are some things you should pack for a hike of a day:\n\n- water\n- a map\n- something warm",
  ),
  fine(
    "an answer in another language",
    "Answer in German: why is the sky blue during the day and red in the evening?",
    `Sonnenlicht besteht aus vielen Farben. In der Luft wird blaues Licht stärker gestreut als rotes, und deshalb sehen wir den Himmel blau. Am Abend ist der Weg des Lichts durch die Atmosphäre länger, so dass nur die roten Anteile übrig bleiben und uns erreichen. ${"Das gilt auch für den Morgen, wenn die Sonne tief steht und ihr Licht schräg einfällt. ".repeat(1)}`,
  ),
  fine("a question back", "Help me.", "Of course! What would you like help with?"),
  fine(
    "an aside about length",
    "My teacher wants an essay in two words. What could she mean?",
    "She probably means that the essay should have two words as its subject, or she made a joke. Ask her.",
  ),
  fine("a table", "Compare tea and coffee.", "| | Tea | Coffee |\n|---|---|---|\n| Caffeine | less | more |"),
  fine(
    "about a hundred words",
    "Explain gravity in about 40 words.",
    "Gravity is the pull between masses. The heavier a body, the stronger it pulls, and the pull grows weaker with distance. It keeps us on the ground, the Moon near the Earth, and the planets on their ways around the Sun, always.",
  ),
  fine(
    "a reference at the end",
    "Where can I read more about bees?",
    "A good start for reading about bees is the site of the society for bees: https://bees.example/start-here-for-the",
  ),
];

export const BAD: readonly AnswerCase[] = [
  bad("is about something else", "on_topic", EXPLAIN, OFF),
  bad("breaks off", "prose_ends", EXPLAIN, `${GOOD} This is why doctors recommend the`),
  bad("breaks off at a comma", "prose_ends", EXPLAIN, `${GOOD} Some people still worry about the side effects of it,`),
  bad("breaks off at a heading", "prose_ends", EXPLAIN, `${GOOD}\n\n### Side effects`),
  bad("is three times as long as asked", "length_asked", "Explain gravity in at most 30 words.", `${GOOD} ${GOOD}`),
  bad("has two sentences and more for one", "length_asked", "Explain how vaccines work in one sentence.", GOOD),
  bad(
    "has seven points for three",
    "length_asked",
    "Give me 3 bullet points about bees.",
    "- a hive\n- a queen\n- honey\n- wax\n- drones\n- pollen\n- stings",
  ),
  bad("runs in circles", "not_degenerate", EXPLAIN, "Vaccines are good because vaccines are good. ".repeat(25)),
  bad("never closes its code", "fences_closed", "How do I list files?", "Use this:\n\n```bash\nls -la"),
  bad("refuses", "not_refusal", EXPLAIN, "I'm sorry, but I can't provide that information."),
  bad("is empty", "not_empty", EXPLAIN, "…"),
];
