import { AGAINST_ALL, GAP, MAKE, POLITE, words, type Signal } from "./signal.ts";

const LANGUAGE =
  "english|german|french|spanish|italian|portuguese|dutch|swedish|danish|norwegian|finnish|polish|czech|hungarian|romanian|turkish|greek|russian|ukrainian|arabic|hebrew|persian|hindi|bengali|tamil|thai|vietnamese|indonesian|japanese|chinese|mandarin|korean|deutsch|englische?|französisch|español|français";
const GIVEN =
  "(?:the |this |these |that |my |our |a )?(?:following |attached |given |below |above )*(?:text|article|document|documents|e-?mails?|letter|message|report|invoices?|receipts?|transcript|contract|passage|paragraph|page|resume|cv|review|ticket|note|notes|story|paper|table|log|listing|sentence|conversation|chat|post|press release)";

/** Given texts: to be extracted from, classified, summarised or translated; and prose that is asked for. */
export const TEXTS: readonly Signal[] = [
  {
    name: "asks about something that exists",
    pattern: new RegExp(
      `^${POLITE}(?:summari[sz]e|translate|explain|describe|compare|paraphrase|proofread|rephrase|shorten|classify|extract|tell me|define|tl;?dr|who|when|where|why|what(?! (?:steps|order|phases|vulnerabilit|security|attack|exploit))|how (?:does|do|did|is|are|much|many|long))\\b|\\b(?:summary|translation|explanation|comparison) of\\b`,
    ),
    in: "opening",
    points: AGAINST_ALL,
  },
  {
    name: "asks for prose",
    pattern: words(
      `(?:${MAKE}|compose|reply|rewrite)\\b[^.?!\\n]{0,40}\\b(?:e-?mail|blog(?: post)?|article|essay|tweet|poem|song|story|haiku|joke|press release|cover letter|job (?:ad|description|posting)|speech|quiz|tutorial|lesson|faq|release notes|linkedin post|announcement|summary|translation|names? for)`,
    ),
    in: "opening",
    points: AGAINST_ALL,
  },
  {
    name: "asks to extract",
    pattern: new RegExp(
      `^${POLITE}(?:(?:from|in|given|read|look at)\\b${GAP}[,:] ?)?(?:extract|pull out|pick out|pull\\b${GAP}\\bout (?:of|from))(?! (?:the |this |that |an? )?(?:\\w+ )?(?:method|function|class|component|interface|helper|hook|module|variable|logic|code|constant|archive|zip|tar)\\b)\\b|\\b(?:named entit(?:y|ies)|data extraction)\\b|^extrahiere|^extrai[st]`,
    ),
    in: "opening",
    points: { extraction: 5 },
  },
  {
    name: "asks for what a text names",
    pattern: new RegExp(
      `^${POLITE}(?:list|find|collect|get|identify|give me|show(?: me)?|return)(?: me)? (?:all|every|each|the)\\b${GAP}\\b(?:in|from|of|mentioned in|named in) ${GIVEN}\\b|\\b(?:fill|put|turn|convert|parse) ${GIVEN} (?:in|into|to) (?:this |the |a )?(?:json|form|fields|schema)`,
    ),
    in: "opening",
    points: { extraction: 4 },
  },
  {
    name: "asks to classify",
    pattern: new RegExp(
      `^${POLITE}(?:(?:read|given|look at)\\b${GAP}[,:] ?)?(?:classify|categori[sz]e|label|tag|triage|klassifiziere|ordne)(?! (?:the |this |a )?(?:release|commit|version|image|container|branch)\\b)\\b|\\b(?:in)?to (?:exactly )?one of (?:the |these |those )?(?:following )?(?:categories|classes|labels|groups|buckets)\\b`,
    ),
    in: "opening",
    points: { classification: 5 },
  },
  {
    name: "asks for a label",
    pattern:
      /\b(?:what|which) (?:is the |of the following |of these )?(?:sentiment|category|categories|label|labels|class|intent|topic|department|priority|tone|emotion)\b|\bsentiment (?:of|analysis)\b|\b(?:determine|detect|identify|decide|tell(?: me)?|rate|predict) (?:the |whether |if )[^.?!\n]{0,60}\b(?:sentiment|intent|category|tone|spam|positive|negative|toxic|sarcastic|urgent)\b|^(?:is|are) (?:this|the following|these) (?:\w+ ){1,3}(?:spam|positive|negative|toxic|urgent|sarcastic|ham|fake|real)\b[^.\n]{0,40}\bor\b/,
    in: "opening",
    points: { classification: 4 },
  },
  {
    name: "asks for a summary",
    pattern: new RegExp(
      `^${POLITE}(?:(?:briefly|concisely|shortly|quickly) )?(?:summari[sz]e|sum up|condense|recap|shorten|tl;?dr|résume|resume el|resumir|riassumi)\\b|^fasse\\b|\\b(?:summary|synopsis|tl;?dr|recap|executive summary) (?:of|for)\\b|\\b(?:${MAKE}|draw up|provide|compose)\\b(?: me| us)? (?:an? |the )?(?:\\w+[ -]){0,3}(?:summary|synopsis|tl;?dr|recap)\\b|\\b(?:key|main) (?:points|takeaways|ideas) (?:of|from|in)\\b|\\bgist of\\b|要約|总结|總結`,
    ),
    in: "opening",
    points: { summarization: 5 },
  },
  {
    name: "asks for a translation",
    pattern: new RegExp(
      `^${POLITE}(?:translate|locali[sz]e|übersetze?|traduis|traduire|traduce|traduza|vertaal)\\b|\\btranslat(?:e|ion)\\b${GAP}\\b(?:in|into|to) (?:\\w+ )?(?:${LANGUAGE})\\b|^${POLITE}(?:put|render|say|rewrite|convert)\\b${GAP}\\b(?:in|into|to) (?:${LANGUAGE})\\b|^how (?:do (?:you|i)|would you|to) say\\b|翻译|翻譯|翻訳`,
    ),
    in: "opening",
    points: { translation: 5 },
  },
];
