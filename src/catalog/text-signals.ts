import type { Signal } from "./signals.ts";

const GAP = "[^.?!\\n]{0,60}";
const LANGUAGES =
  "python|rust|golang|java|kotlin|c\\+\\+|c#|typescript|javascript|node(?:\\.js)?|bash|ruby|php|swift|sql|pandas|express|react native";
const CODE_THING =
  "functions?|scripts?|programs?|class(?!ification|ic| diagram)|methods?|algorithms?|modules?|regex(?:es|p)?|regular expressions?|cli|api client|unit tests?|tests? for|endpoints?|middleware|quer(?:y|ies)|parsers?|decorators?|quicksort|rest api|token refresh|type guards?|hooks?";

function words(source: string): RegExp {
  return new RegExp(`\\b(?:${source})(?![a-z0-9])`);
}

/** Signs of tasks on texts, and of code in general languages. */
export const TEXT_SIGNALS: readonly Signal[] = [
  {
    name: "asks for a summary",
    pattern: words(
      `summari[sz]e|summary of|summarisation|tl;?dr|condense|(?:key|main) (?:points|takeaways|ideas) (?:of|from|in)|boil\\b${GAP}\\bdown|give me the gist`,
    ),
    in: "opening",
    points: { summarization: 5, planning: -3 },
  },
  {
    name: "asks for a translation",
    pattern: words(
      "translate|translation (?:of|into|to)|(?:say|put|write) (?:this|that|it|the following) in (?:german|french|spanish|italian|portuguese|dutch|polish|russian|japanese|chinese|korean|arabic|turkish|hindi|english)",
    ),
    in: "opening",
    points: { translation: 6, planning: -3 },
  },
  {
    name: "asks for a label",
    pattern: words(
      `classify|categori[sz]e|(?:label|tag) (?:the|this|these|each|every)|which (?:category|label|class|intent|sentiment)|(?:positive|negative)\\b${GAP}\\b(?:positive|negative|neutral)|spam or (?:not|ham)|what (?:sentiment|intent|category|is the sentiment|is the intent)`,
    ),
    in: "opening",
    points: { classification: 5 },
  },
  {
    name: "asks for facts out of a text",
    pattern: words(
      `extract|pull\\b${GAP}\\b(?:out of|from)|(?:list|find|get|collect) (?:all |every |the )*(?:names?|dates?|e-?mails?|e-?mail addresses|phone numbers|amounts?|prices?|entities|invoice|milestones)\\b${GAP}\\b(?:in|from|of|mentioned)`,
    ),
    in: "opening",
    points: { extraction: 5, planning: -2 },
  },
  {
    name: "asks for code",
    pattern: words(
      `(?:write|create|implement|build|add|code|make|generate|give me|need|develop)\\b${GAP}\\b(?:${CODE_THING})`,
    ),
    in: "opening",
    points: { code_generation: 4 },
  },
  {
    name: "asks for code to be changed",
    pattern: words(
      `(?:fix|debug|refactor|optimi[sz]e|speed up|rewrite|port|convert|simplify)\\b${GAP}\\b(?:code|function|bug|script|query|class|loop|method|${LANGUAGES})`,
    ),
    in: "opening",
    points: { code_generation: 3 },
  },
  {
    name: "names a general language",
    pattern: new RegExp(`(?:^|[^a-z0-9])(?:${LANGUAGES}|in go)(?![a-z0-9+#])`),
    in: "opening",
    points: { code_generation: 2 },
  },
  {
    name: "brings code in a general language",
    pattern:
      /^(?:```|~~~)(?:python|py|js|javascript|ts|typescript|java|go|rust|rs|cpp|c|csharp|ruby|php|kotlin|swift|sql|bash|sh)\b/m,
    in: "code",
    points: { code_generation: 1 },
  },
  {
    name: "is about contracts, pages or words rather than programs",
    pattern: words(
      "smart contracts?|solidity|foundry|hardhat|sloads?|less gas|vault|erc-?(?:20|721|1155|4626)|html|css|landing page|dashboard(?! in)|poem|haiku|essay|e-?mail that|blog post|explain|why (?:is|does|do|are)|what (?:is|are|does)|how (?:does|do|much|many)|is this|review my|find bugs",
    ),
    in: "opening",
    points: { code_generation: -4 },
  },
];
