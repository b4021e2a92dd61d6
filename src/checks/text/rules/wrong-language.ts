import { defineRule } from "../../kit/rule.ts";
import { nameOfLanguage } from "../language/names.ts";
import type { TextInput } from "./input.ts";

/** The request names a language, and the answer is in another. */
export const wrongLanguage = defineRule<TextInput>({
  id: "text/wrong-language",
  severity: "critical",
  certainty: "fact",
  docs: {
    summary: "The answer is in another language or script than the one that the request asks for by name.",
    why: "The reader cannot use it. Neighbouring languages and short texts are let pass.",
    references: ["https://github.com/wooorm/franc"],
  },
  good: [
    { prompt: "Translate into German: The train was late again.", answer: "Der Zug hatte wieder Verspätung." },
    {
      prompt: "Translate into Danish: I have been waiting for the train for more than an hour now.",
      answer:
        "Jeg har nå ventet på toget i mer enn en time, og det er fortsatt ikke kommet til stasjonen, så jeg går hjem.",
    },
    {
      prompt: "Explain how a German sentence is built.",
      answer:
        "The verb of a main clause stands in second place, and the parts of a verb that are left over go to its end.",
    },
  ],
  bad: [
    {
      prompt: "Translate into Romanian: I have been waiting for the train for more than an hour now.",
      answer:
        "J'attends le train depuis plus d'une heure maintenant, et il n'est toujours pas arrivé à la gare de la ville.",
    },
    { prompt: "Translate into Japanese: Where is the station?", answer: "The station is where you see it." },
    {
      prompt: "Schreibe auf Deutsch einen Plan für den Umzug der Bücherei.",
      answer:
        "1. Count the books and measure the shelves.\n2. Pack by subject and label every box with its shelf.\n3. Move on the closing day.",
    },
  ],
  run({ language }) {
    if (language?.fit !== "is not") return [];
    const name = nameOfLanguage(language.required);
    return [
      {
        message: `${name} was asked for, and the answer is not in it: ${language.found}`,
        repair: `Write the answer in ${name}.`,
      },
    ];
  },
});
