/** How a prompt names each language that it may ask for. */
const NAMED: readonly (readonly [string, string])[] = [
  ["typescript", String.raw`typescript|TS`],
  ["javascript", String.raw`javascript|js|node(?:\.js|js)?|es6`],
  ["python", String.raw`python(?:\s?[23](?:\.\d+)?)?|py`],
  ["rust", "rust"],
  ["go", "golang|go"],
  ["java", "java"],
  ["cpp", String.raw`c\+\+`],
  ["csharp", String.raw`c#|c-sharp|csharp`],
  ["ruby", "ruby"],
  ["php", "php"],
  ["kotlin", "kotlin"],
  ["swift", "swift"],
  ["c", "c"],
];
const THING = String.raw`(?:function|program|code|class|method|module|script|helper|implementation|solution|snippet|generator|decorator|interface)`;

const PATTERNS = NAMED.map(([language, names]) => {
  const word = String.raw`(?<![\w.$#+])(?:${names})(?![\w+#$]|\.\w|-)`;
  return {
    language,
    /** Where short names are also words: only beside what makes them a language. */
    mentioned: new RegExp(
      /^(?:go|c|golang\|go|rust|swift)$/.test(names)
        ? String.raw`\bgolang\b|\b(?:in|using|with)\s+${word}(?=\s*(?:$|[.,:;!?()]))|${word}\s+${THING}|\`\`\`(?:${names})\b`
        : String.raw`${word}|\`\`\`(?:${names})\b`,
      "i",
    ),
    asked: new RegExp(
      String.raw`\b(?:in|using)\s+(?:plain |pure |vanilla |modern )?${word}(?!\s+(?:framework|config|package))|${word}\s+${THING}\b`,
      "i",
    ),
  };
});

const TARGET = /\b(?:convert|translate|port|rewrite|migrate|turn)\b[^.?!\n]{0,80}?\b(?:in)?to\s+([A-Za-z+#]{1,12})/i;
const SCANNED_CHARS = 20_000;

/** The one language that a prompt speaks of; `null` when it names none or several. */
export function namedLanguage(prompt: string): string | null {
  const text = prompt.slice(0, SCANNED_CHARS);
  // "Convert this Python to Go" asks for Go.
  const target = TARGET.exec(text)?.[1];
  const wanted = target === undefined ? text : `in ${target}`;
  const [only, ...others] = PATTERNS.filter(({ mentioned }) => mentioned.test(wanted));
  return others.length === 0 ? (only?.language ?? null) : null;
}

/** The language that a prompt asks for in so many words ("a Python function", "in Rust"), and no other beside it. */
export function askedLanguage(prompt: string): string | null {
  const named = namedLanguage(prompt);
  const text = prompt.slice(0, SCANNED_CHARS);
  const pattern = PATTERNS.find(({ language }) => language === named);
  return pattern?.asked.test(text) === true || TARGET.test(text) ? named : null;
}

/** Languages that may stand for each other, by the one that they all are a kind of. */
export function familyOf(language: string): string {
  switch (language) {
    case "typescript":
    case "jsx":
    case "tsx":
      return "javascript";
    case "cpp":
    case "c++":
      return "c";
    default:
      return language;
  }
}
