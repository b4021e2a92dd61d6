import type { AnswerCase } from "../case.ts";

const task = "translation";
const fine = (name: string, prompt: string, answer: string, over: Partial<AnswerCase> = {}): AnswerCase => ({
  name,
  task,
  prompt,
  answer,
  expect: "unchecked",
  ...over,
});
const bad = (name: string, prompt: string, answer: string, over: Partial<AnswerCase> = {}): AnswerCase => ({
  name,
  task,
  prompt,
  answer,
  expect: "failed",
  by: "translation_form",
  ...over,
});

const LETTER = `Dear guests,

the swimming pool is closed for repairs until the end of the week. We are sorry for the trouble and offer you free entry to the thermal bath in the village. Please ask for a ticket at the front desk.`;
const BRIEF = `Liebe Gäste,

das Schwimmbad ist wegen einer Reparatur bis zum Ende der Woche geschlossen. Wir bitten um Entschuldigung und bieten Ihnen freien Eintritt in die Therme im Dorf an. Bitte fragen Sie an der Rezeption nach einer Karte.`;
const LETTRE = `Chers clients,

la piscine est fermée pour travaux jusqu'à la fin de la semaine. Nous vous prions de nous excuser et vous offrons une entrée gratuite aux thermes du village. Veuillez demander un billet à la réception.`;
const JAPANESE = "お客様各位\n\nプールは修理のため今週末まで閉鎖しております。ご迷惑をおかけして申し訳ございません。";
const CHINESE =
  "各位客人：\n\n游泳池因维修关闭至本周末。给您带来不便，我们深表歉意，并为您提供村里温泉浴场的免费入场券。";
const UI =
  "Hello {name}, you have {{count}} new messages. Visit https://example.org/inbox or write to help@example.org. <b>Sale</b>: %s off, %1$s left.";
const UI_DE =
  "Hallo {name}, Sie haben {{count}} neue Nachrichten. Besuchen Sie https://example.org/inbox oder schreiben Sie an help@example.org. <b>Angebot</b>: %s Rabatt, noch %1$s.";

export const FINE: readonly AnswerCase[] = [
  fine("German", `Translate into German:\n\n${LETTER}`, BRIEF),
  fine(
    "French, said with a preamble",
    `Translate the following text to French.\n\n${LETTER}`,
    `Here is the translation:\n\n${LETTRE}`,
  ),
  fine("Japanese", `Translate to Japanese:\n\n${LETTER}`, JAPANESE),
  fine("Chinese", `Translate this letter into Simplified Chinese.\n\n${LETTER}`, CHINESE),
  fine("English from German", `Translate into English:\n\n${BRIEF}`, LETTER),
  fine("asked in German", `Übersetze ins Englische: ${BRIEF}`, LETTER),
  fine("asked in French", `Traduis en français :\n\n${LETTER}`, LETTRE),
  fine("a language of the context", "Translate the letter.", BRIEF, {
    context: { target_language: "German", letter: LETTER },
  }),
  fine("a locale of the context", "Translate the letter.", LETTRE, { context: { locale: "fr-CA", letter: LETTER } }),
  fine("placeholders kept", `Translate to German: ${UI}`, UI_DE),
  fine("one word", "Translate 'cheese' to French.", "fromage"),
  fine("a word that is the same", "Translate 'Hotel' into German.", "Hotel"),
  fine(
    "names alone",
    "Translate into German: Microsoft Excel, Google Chrome, Adobe Photoshop, Mozilla Firefox",
    "Microsoft Excel, Google Chrome, Adobe Photoshop, Mozilla Firefox",
  ),
  fine(
    "figures in another way of writing",
    "Translate into German: The budget is 1,234.56 euros for 2025.",
    "Das Budget beträgt 1.234,56 Euro für 2025.",
  ),
  fine(
    "a round figure as a word",
    "Translate into Spanish: We invited 1000 people and 200 came.",
    "Invitamos a mil personas y vinieron doscientas.",
  ),
  fine("Arabic digits", "Translate into Arabic: The bridge was built in 1931.", "بُني الجسر في عام ١٩٣١."),
  fine(
    "the original beside it",
    `Translate to Japanese and show the original too:\n\n${LETTER}`,
    `${LETTER}\n\n${JAPANESE}`,
  ),
  fine(
    "a note behind it",
    `Translate into German:\n\n${LETTER}`,
    `${BRIEF}\n\n*Note: "front desk" could also be translated as "Empfang".*`,
  ),
  fine("a text that is already in the language", `Translate into English where needed:\n\n${LETTER}`, LETTER),
  fine(
    "two languages",
    `Translate into French and German: Good morning, how are you today?`,
    "French: Bonjour, comment allez-vous aujourd'hui ?\nGerman: Guten Morgen, wie geht es Ihnen heute?",
  ),
  fine(
    "Portuguese",
    `Translate to Brazilian Portuguese:\n\n${LETTER}`,
    "Prezados hóspedes,\n\na piscina está fechada para reparos até o fim da semana. Pedimos desculpas e oferecemos a vocês entrada gratuita nas termas do vilarejo.",
  ),
  fine(
    "Russian with a brand in Latin letters",
    "Translate to Russian: The new iPhone is cheaper than the Samsung Galaxy.",
    "Новый iPhone дешевле, чем Samsung Galaxy.",
  ),
  fine(
    "a greeting that ends in a comma",
    "Translate into German: Dear Mr Miller, thank you very much for your kind letter of last Monday,",
    "Sehr geehrter Herr Miller, vielen Dank für Ihren freundlichen Brief vom letzten Montag,",
  ),
];

export const BAD: readonly AnswerCase[] = [
  bad("repeats the source", `Translate into German:\n\n${LETTER}`, LETTER),
  bad(
    "romanises Japanese",
    `Translate to Japanese:\n\n${LETTER}`,
    "Puuru wa shuuri no tame konshuu matsu made heisa shite orimasu. Gomeiwaku o okake shite moushiwake gozaimasen.",
  ),
  bad(
    "is English where Korean was asked for",
    `Translate to Korean:\n\n${LETTER}`,
    "Dear guests, the pool is closed this week. We are sorry.",
  ),
  bad("is French where German was asked for", `Translate into German:\n\n${LETTER}`, LETTRE),
  bad("is a reply in English to a text in German", `Translate into French:\n\n${BRIEF}`, LETTER),
  bad(
    "is a summary in English",
    `Translate the letter into Spanish.\n\n${LETTER}`,
    "The hotel tells its guests that the pool is closed and that they can go to the bath in the village for free.",
  ),
  bad("is Japanese where Chinese was asked for", `Translate into Chinese:\n\n${LETTER}`, JAPANESE),
  bad("loses a placeholder", `Translate to German: ${UI}`, UI_DE.replace("{name}", "Name")),
  bad("translates a placeholder", `Translate to German: ${UI}`, UI_DE.replace("{{count}}", "{{anzahl}}")),
  bad("loses a format mark", `Translate to German: ${UI}`, UI_DE.replace("%1$s", "wenige")),
  bad("loses an address", `Translate to German: ${UI}`, UI_DE.replace("https://example.org/inbox", "unsere Seite")),
  bad("loses its tags", `Translate to German: ${UI}`, UI_DE.replace("<b>", "").replace("</b>", "")),
  bad(
    "changes a year",
    "Translate into German: The bridge was opened in 1931 by the king.",
    "Die Brücke wurde 1913 vom König eröffnet.",
  ),
  bad(
    "changes a figure",
    "Translate into French: The invoice comes to 14,273 dollars in all.",
    "La facture s'élève à 14 237 dollars au total.",
  ),
  bad(
    "leaves out most of it",
    `Translate into German:\n\n${`${LETTER}\n\n`.repeat(5)}`,
    "Liebe Gäste, das Schwimmbad ist geschlossen.",
  ),
  bad("breaks off", `Translate into German:\n\n${LETTER}`, BRIEF.slice(0, BRIEF.indexOf("Therme")), {
    by: "prose_ends",
  }),
  bad("refuses", `Translate into German:\n\n${LETTER}`, "I'm sorry, but I can't help with that request.", {
    by: "not_refusal",
  }),
  bad(
    "uses the Cyrillic for Greek",
    "Translate into Greek: Good morning, my dear friends, how are you?",
    "Доброе утро, дорогие друзья, как дела?",
  ),
];
