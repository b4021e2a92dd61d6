import { BUILD, GAP, POLITE, words, type Signal } from "./signal.ts";

const CODE_THING =
  "functions?|methods?|scripts?|programs?|class(?:es)?(?! (?:diagram|schedule))|algorithms?|(?:sql |graphql )?quer(?:y|ies)|unit tests?|integration tests?|test cases|cli|command[- ]line (?:tool|app)|rest api|api (?:client|endpoint|server)|endpoints?|parsers?|compiler|lexer|linked list|binary (?:tree|search)|decorator|middleware|code|code snippet|snippet|bug|web ?server|crawler|scraper|bot|data structure|lru cache|rate limiter|type guard|react hook|state machine";
const FRAMEWORK =
  "express|fastify|nestjs|node(?:\\.?js)?|deno|django|flask|fastapi|spring(?: boot)?|rails|laravel|\\.net|dotnet|pandas|numpy|pytorch|php|ruby|swift|scala|haskell|elixir|perl|lua|c|postgres(?:ql)?|mysql|powershell|awk|sed|zig|dart|ocaml|clojure";
const LANGUAGE =
  "python|rust|go|golang|java|kotlin|c\\+\\+|c#|c|typescript|javascript|bash|sql|php|ruby|swift|scala|haskell|perl|vyper";

/** Programs in general languages. */
export const CODE: readonly Signal[] = [
  {
    name: "asks for code to be written",
    pattern: words(
      `(?:${BUILD}|refactor|fix|debug|port|optimi[sz]e|speed up|rewrite|complete|finish|simplify|vectori[sz]e)\\b${GAP}\\b(?:${CODE_THING})`,
    ),
    in: "opening",
    points: { code_generation: 4 },
  },
  {
    name: "asks for a pattern or a query",
    pattern: words("regex(?:es|p)?|regular expression|sql (?:query|statement)|one-liner|cron expression|jq filter"),
    in: "opening",
    points: { code_generation: 10 },
  },
  {
    name: "names a framework",
    pattern: words(
      `(?:in|using|with|for) (?:${FRAMEWORK})|(?:${FRAMEWORK}) (?:cli|app|script|server|service|function|command|handler)`,
    ),
    in: "opening",
    points: { code_generation: 4 },
  },
  {
    name: "asks for code to be ported",
    pattern: words(
      `(?:translate|convert|port|rewrite|migrate)\\b${GAP}\\b(?:${LANGUAGE}|code|function|script|class|program)\\b[^.?!\\n]{0,40}\\b(?:to|into|in) (?:${LANGUAGE})`,
    ),
    in: "opening",
    points: { code_generation: 10, translation: -6 },
  },
  {
    name: "code in the prompt",
    pattern: /\b(?:function|def|class|const|let|var|import|return|fn|func|public static)\b/,
    in: "code",
    points: { code_generation: 1 },
  },
  {
    name: "asks about code instead of for it",
    pattern: new RegExp(
      `^${POLITE}(?:is|are|does|should|which|review|audit|check|find (?:the )?(?:bugs?|issues?|errors?|problems?)|list|tell me|rate|critique)\\b`,
    ),
    in: "opening",
    points: { code_generation: -4 },
  },
];
