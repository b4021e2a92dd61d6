import type { TaskId } from "../core/task.ts";

/**
 * One way in which a prompt asks for a task. The ask that stands first in the opening of a prompt decides: a plan for a Solidity
 * project is a plan, a summary of an audit is a summary. Asks of `general` are there to stand in the way of the others.
 */
export interface Ask {
  readonly task: TaskId;
  /** Shown in the reason for the choice. */
  readonly name: string;
  /** Tested against the opening of the prose, in lower case and without its code. Every gap is bounded. */
  readonly pattern: RegExp;
  /** Only beside code of that kind, in the prompt or spoken of. */
  readonly beside?: "code" | "contracts" | "programming";
  /** What must not stand in the opening. */
  readonly unless?: RegExp;
}

const POLITE =
  "^(?:please |can you |could you |would you |hi[,!]? |hello[,!]? |help me |let'?s |i want you to |i need you to )*";
const MAKE =
  "write|suggest|create|generate|draft|design|develop|make|need|want|give|prepare|produce|provide|show me|propose";
const BUILD = `${MAKE}|implement|build|add|extend|devise`;
const EDIT =
  "fix|debug|refactor|rewrite|re-write|port|optimi[sz]e|speed up|complete|finish|vectori[sz]e|improve|correct";
/** Up to six words between a verb and its object; a preposition ends the object, and what is given already is not asked for. */
const OBJECT = objectBut("of|for|about|in|on|to|with|from|by|as|that|which|how|why|if|using|used|given|whether");
const NEW_OBJECT = objectBut(
  "of|for|about|in|on|to|with|from|by|as|that|which|how|why|if|using|used|given|whether|this|these|those",
);
/** A gap within one sentence. */
const GAP = "[^.?!\\n]{0,60}";
const GIVEN =
  "(?:the |this |these |that |my |our |a )?(?:following |attached |given |below |above )*(?:text|article|documents?|e-?mails?|letter|message|report|invoices?|receipts?|transcript|contract|passage|paragraph|page|resume|cv|review|ticket|notes?|story|paper|table|log|listing|sentence|conversation|chat|dialogue|post|press release)";
const LABEL = "sentiment|category|categories|labels?|class|intent|topic|department|priority|tone|emotion";
const LABELLED =
  "sentiment|intent|category|tone|spam|toxic|sarcastic|urgent|(?:review|tweet|comment|message|text|feedback|e-?mail)[^.?!\\n]{0,30} (?:positive|negative)";
const SPOKEN =
  "english|german|french|spanish|italian|portuguese|dutch|swedish|danish|norwegian|finnish|polish|czech|hungarian|romanian|turkish|greek|russian|ukrainian|arabic|hebrew|persian|hindi|bengali|tamil|thai|vietnamese|indonesian|japanese|chinese|mandarin|korean|latin|deutsch|englische?|französisch|español|français";

/** Names that mean a language, a library or a tool of programmers and nothing else. */
const LANGUAGE =
  "python|javascript|typescript|c\\+\\+|c#|java|golang|kotlin|php|perl|haskell|matlab|sql|mysql|postgres(?:ql)?|bash|powershell|vb\\.net|vba|lua|ocaml|clojure|fortran|node\\.?js|django|fastapi|flask|laravel|pytorch|pandas|numpy|matplotlib|react|angular|js|nodejs|deno|regex|\\.net|dotnet|terraform|latex|jquery|tensorflow|spring boot|pygame|qt";
/** Names that mean other things too. */
const LANGUAGE_OR_WORD =
  "rust|go|assembly|ruby|swift|scala|c|r|dart|elixir|julia|scheme|lisp|express|rails|spring|scratch|racket|zig|awk|sed|ts|vyper";
const CODE_THING =
  "codes?|functions?|scripts?|programs?|algorithms?|(?:sql|graphql) quer(?:y|ies)|unit tests?|integration tests?|test cases|cli|command[- ]line (?:tool|app)|(?:rest )?api(?: client| endpoint| server)?|parsers?|compiler|lexer|linked list|binary (?:tree|search)|quicksort|decorator|middleware|snippet|web ?server|crawler|scraper|discord bot|telegram bot|data structure|lru cache|rate limiter|type guard|react hook|state machine|regex(?:es|p)?|regular expression|one-liner|cron expression|jq filter|terraform module|stored procedure|dataframe";
const NOT_CODE_AFTER =
  "(?! (?:names?|blocks?|of conduct|of ethics|diagrams?|schedules?|words?|reviews?|for (?:a |an |the |my |our )?(?:youtube|video|film|movie|play|short film|event|conference|episode|podcast|presentation|class|course|church|school|commercial|show)))(?![\\w-])";
/** Functions of mathematics, programs that people attend, scripts that people read out, codes that people obey. */
const OTHER_SENSES =
  /\b(?:piecewise|convex|continuous|differentiable|quadratic|utility|generating|density|probability|linear) (?:\w+ ){0,3}functions?\b|\b(?:training|fitness|workout|exercise|loyalty|mentor\w*|outreach|reward\w*|wellness|referral|tv|television|radio|rehabilitation|diet|degree|graduate|nutrition|government|social|educational?|recovery|incentive|volunteer|summer|reading|meal|internship) programs?\b|\bscripts? (?:for|of) (?:an? |my |our |the |this )?(?:[\w-]+ ){0,4}(?:video|film|movie|play|episode|scene|dialogue|podcast|phone call|commercial|sketch|skit|speech|show|meditation)\b|\b(?:video|film|movie|play|animation|anime|youtube|podcast|sales|call|phone|skit|comedy|tv|radio|acting|drama|meditation|tiktok|documentary) scripts?\b|\b(?:dress|building|moral|ethical|discount|promo|area|zip|postal|country|tax|penal|qr|bar|morse|honou?r|secret) ?codes?\b|\bcodes? of (?:conduct|ethics)\b/;

const CONTRACT_THING =
  "contracts?|tokens?|vaults?|erc-?(?:20|721|1155|4626)|nfts?|escrow|multisig|staking|airdrop|vesting|crowdsale|auction|dao|amm|timelock|modifiers?|library|interface|function|tests?|pool|permit|deposit function|wallet|proxy|registry|oracle|marketplace|lottery|factory";
const WEAKNESS =
  "vulnerabilit\\w+|exploits?|re-?entrancy|attack vectors?|front-?running|security (?:issues?|bugs?|flaws?|holes?|problems?)";
const UI_THING =
  "landing[ -]page|home ?page|web ?page|web ?site|single-page app|(?:html|faq) page|page layout|page (?:with|for|that|where)|(?:react|vue|svelte|angular|next\\.?js)(?: [\\w-]{1,20}){0,4} (?:component|page|form|screen|layout)|dashboard|user interface|ui|mock-?ups?|wireframes?|(?:login|signup|sign-up|checkout|contact|registration|settings|profile|pricing|pricing plan) (?:form|page|screen|table)|screen(?! (?:print|play|time|protect))|nav(?:igation )?bar|navbar|sidebar|modal(?! verb)|dropdown|carousel(?! post)|hero section|design system|(?:react|vue|svelte|ui|web|modal) components?|data table|responsive (?:layout|page|grid|footer|header)|card grid|markup|html";
const PLAN_THING =
  "(?<!(?:pricing|floor|subscription|health|insurance|data|phone|meal|seating|payment|lesson|pension|dental) )plan(?! (?:page|table|card|comparison|of (?:the|a)))|roadmap|milestones|work breakdown|project schedule|(?:sprint |product )?backlog";
const PROSE_THING =
  "e-?mail|blog(?: post)?|article|essay|tweet|poem|song|lyrics|story|stories|novel|haiku|joke|press release|cover letter|letter|job (?:ad|description|posting)|speech|quiz|tutorial|lesson|syllabus|curriculum|course|faq(?! page)|release notes|linkedin post|announcement|names?|flowchart|comedy|dialogue|screenplay|advert\\w*|slogans?|captions?|listing text|questions?|ideas?|examples? sentences?|class diagram";
/** What a program reads and prints is a task of its own: the words of planning in it are about something else. */
const PUZZLE =
  /\b(?:input|output|stdin|integers?|test cases?|constraints|equation|identity|[nmk] (?:houses|roads|nodes|cities|edges|people|numbers|elements|items))\b/;

/** The rule of `task: "auto"`, as data: the earliest ask wins, and of two at one place the one that is listed first. */
export const ASKS: readonly Ask[] = [
  {
    task: "general",
    name: "asks for prose",
    pattern: asks(`${MAKE}|compose|reply|rewrite`, OBJECT, PROSE_THING),
  },
  {
    task: "summarization",
    name: "asks for a summary",
    pattern: new RegExp(
      `${POLITE}(?:(?:briefly|concisely|shortly|quickly) )?(?:summari[sz]e|sum up(?! (?:\\d|the (?:numbers|values|digits|integers|first)))|condense|recap|tl;?dr|résume|resume el|resumir|riassumi)\\b|^fasse\\b|${verbs(`${MAKE}|draw up|compose`)}${OBJECT}(?:summary|synopsis|tl;?dr|recap)\\b|\\b(?:key|main) (?:points|takeaways|ideas) (?:of|from|in)\\b|\\bgist of\\b|要約|总结|總結`,
    ),
  },
  {
    task: "translation",
    name: "asks for a translation",
    pattern: new RegExp(
      `${POLITE}(?:translate|locali[sz]e|übersetze?|traduis|traduire|traduce|traduza|vertaal)\\b|${POLITE}(?:${MAKE}) (?:me )?(?:the |an? )?(?:${SPOKEN}) translation\\b|\\btranslat(?:e|ion)\\b${GAP}\\b(?:in|into|to) (?:\\w+ )?(?:${SPOKEN})\\b|${POLITE}(?:put|render|say|rewrite|convert)\\b${GAP}\\b(?:in|into|to) (?:${SPOKEN})\\b|^how (?:do (?:you|i)|would you|to) say\\b|翻译|翻譯|翻訳`,
    ),
    unless: new RegExp(
      `\\b(?:${LANGUAGE}|formula|datalog|cypher|code|regex|(?:in)?to (?:${LANGUAGE_OR_WORD}))(?![\\w-])`,
    ),
  },
  {
    task: "extraction",
    name: "asks to extract",
    pattern: new RegExp(
      `${POLITE}(?:(?:from|in|given|read|look at)\\b${GAP}[,:] ?)?(?:extract(?! of)|pull out|pick out|pull\\b${GAP}\\bout (?:of|from))(?! (?:the |this |that |an? )?(?:\\w+ )?(?:method|function|class|component|interface|helper|hook|module|variable|logic|code|constant|archive|zip|tar)\\b)\\b|\\bnamed entit(?:y|ies)\\b|^extrahiere|^extrai[st]`,
    ),
  },
  {
    task: "extraction",
    name: "asks for what a text names",
    pattern: new RegExp(
      `${POLITE}(?:list|find|collect|get|identify|give me|show(?: me)?|return|retrieve)(?: me)? (?:(?:all|every|each)\\b${GAP}\\b(?:in|from|of)|the\\b${GAP}\\b(?:in|from)) ${GIVEN}\\b|\\b(?:fill|put|turn|convert|parse) ${GIVEN} (?:in|into|to) (?:this |the |a )?(?:json|form|fields|schema)`,
    ),
  },
  {
    task: "classification",
    name: "asks to classify",
    pattern: new RegExp(
      `${POLITE}(?:(?:read|given|look at)\\b${GAP}[,:] ?)?(?:classify|categori[sz]e|klassifiziere|ordne|(?:label|tag|triage) (?:each|every|all|the|this|these|those|it|them|my|our))(?! (?:the |this |a )?(?:release|commit|version|image|container|branch)\\b)\\b|\\b(?:in)?to (?:exactly )?one of (?:the |these |those )?(?:following )?(?:categories|classes|labels|groups|buckets)\\b|\\b(?:must|should) be classified as\\b|[.:!?"\\n] ?(?:classify|categori[sz]e) (?:it|them|the|this|these|each)\\b`,
    ),
  },
  {
    task: "classification",
    name: "asks for a label",
    pattern: new RegExp(
      `\\b(?:what|which) (?:of the following |of these )?(?:${LABEL}) (?:does|do|is|fits|best|describes)\\b${GAP}\\b(?:this|the following|these|each|it)\\b|\\bwhat is the (?:${LABEL}) of (?:this|the following|these|each)\\b|\\bsentiment of (?:this|the|these|each)\\b|\\b(?:determine|detect|identify|decide|tell(?: me)?|rate|predict) (?:the |whether |if )${GAP}\\b(?:${LABELLED})\\b|${POLITE}(?:rate|score|grade|evaluate)\\b${GAP}\\b(?:reviews|comments|tweets|messages|sentences|tickets|posts|statements)\\b[^.?!\\n]{0,40}\\bscale\\b|^(?:is|are) (?:this|the following|these) (?!number|integer|value|charge|slope|function|term)(?:\\w+ ){1,3}(?:spam|positive|negative|toxic|urgent|sarcastic|ham|fake|real)\\b[^.\\n]{0,40}\\bor\\b`,
    ),
  },
  {
    task: "planning",
    name: "asks for a plan",
    pattern: new RegExp(
      `${POLITE}plan\\b|${verbs(`${MAKE}|help me with|craft(?:ing)?|outline|sketch|come up with|put together|lay out|map out`)}${OBJECT}(?:${PLAN_THING})\\b`,
    ),
    unless: PUZZLE,
  },
  {
    task: "planning",
    name: "asks for work to be broken down",
    pattern: new RegExp(
      `\\bbreak (?:it|this|that|the ${GAP}) (?:down|up)\\b|\\bbreak down (?:the|this|our) (?:work|project|feature|epic|task)\\b|\\b(?:break|decompose|split)\\b${GAP}\\binto (?:\\w+ )?(?:tasks|steps|phases|milestones|stories|tickets)\\b|\\bin (?:which|what) order (?:should|do|must) (?:we|i|you)\\b|\\bwhat (?:steps|phases) (?:should|do|must) (?:i|we|you)\\b|\\b(?:give|list|show|outline)(?: me)?\\b${GAP}\\b(?:steps|phases|milestones)\\b`,
    ),
    unless: PUZZLE,
  },
  {
    task: "gas_optimization",
    name: "asks for less gas",
    pattern: new RegExp(
      `\\bmake\\b${GAP}\\bcheaper\\b${GAP}\\bgas\\b|\\b(?:optimi[sz]\\w*|reduc\\w+|sav(?:e|ing)|lower\\w*|cut\\w*|minimi[sz]\\w*|decreas\\w+|cheap\\w*|less|improv\\w+)\\b${GAP}\\bgas\\b|\\btoo much gas\\b|\\bfewer (?:sloads|sstores|opcodes)\\b|\\bgas[ -](?:optimi[sz]\\w*|golf\\w*|reduc\\w+)`,
    ),
    unless:
      /\b(?:natural gas|gas (?:bill|station|mileage|prices?|heating|boiler|stove|tank|turbines?|company)|petrol|fuel|cars?|driv\w+|home|house|kitchen|cook\w+|heat\w+|greenhouse|emissions?)\b/,
  },
  {
    task: "gas_optimization",
    name: "asks for contract code to be optimised",
    pattern: /\b(?:optimi[sz]e|cheaper)\b/,
    beside: "contracts",
  },
  {
    task: "semantic_audit",
    name: "asks for a review of security",
    pattern: new RegExp(
      `\\baudit(?:ing)?\\b|\\b(?:security|vulnerability|semantic) (?:review|analysis|assessment|check)\\b|\\b(?:find|check|look|identify|list|spot|detect|search|hunt|review|analy[sz]e|scan)\\b${GAP}\\b(?:${WEAKNESS})|\\b(?:is there|are there|any|what|which) (?:\\w+ )?(?:${WEAKNESS})|\\b(?:is|are)\\b${GAP}\\b(?:safe|secure|vulnerable|exploitable)\\b`,
    ),
    beside: "contracts",
  },
  {
    task: "ui_design",
    name: "asks for a user interface",
    pattern: asks(`${BUILD}|style|restyle|redesign|lay out|mock up|sketch|improve|prototype`, OBJECT, UI_THING),
    unless:
      /\b(?:flutter|swiftui|jetpack|pyqt|tkinter|wpf|winforms|power bi|excel|rest api|graphql|scrap\w+|unit tests?|tests? for|backend|chrome)\b/,
  },
  {
    task: "solidity_codegen",
    name: "asks for a contract to be written",
    pattern: new RegExp(
      `${verbs(`${BUILD}|${EDIT}|code`)}${OBJECT}(?:${CONTRACT_THING}|solidity)\\b|${POLITE}${OBJECT}(?:contract|token|wallet|vault) (?:for|from|that|which|with|where|in)\\b`,
    ),
    beside: "contracts",
    unless: new RegExp(
      `\\b(?:in|using|with) (?:${LANGUAGE}|rust|go)(?![\\w-])|\\b(?:python|rust|java|typescript|javascript|bash|shell) (?:script|program|cli|tool)\\b`,
    ),
  },
  {
    task: "code_generation",
    name: "asks for code",
    pattern: new RegExp(
      `${asks(BUILD, NEW_OBJECT, CODE_THING).source}${NOT_CODE_AFTER}|\\b(?:${EDIT}|convert|translate|migrate)\\b ${OBJECT}(?:${CODE_THING}|bugs?)${NOT_CODE_AFTER}|${POLITE}(?:code|program)\\b (?:an?|the|me|up)\\b|${POLITE}(?:a |an )?(?:regex|regular expression|sql query)\\b`,
    ),
    unless: OTHER_SENSES,
  },
  {
    task: "code_generation",
    name: "names a language of programs",
    pattern: new RegExp(
      `\\b(?:in|use|using|with|into) (?:${LANGUAGE})(?!\\w)|\\b(?:${LANGUAGE}) (?:code|function|script|program|class|app|query)\\b|${verbs(BUILD)}${NEW_OBJECT}(?:${LANGUAGE})(?!\\w)`,
    ),
  },
  {
    task: "code_generation",
    name: "names a language of programs",
    pattern: new RegExp(
      `\\b(?:in|using|with|into|to) (?:${LANGUAGE_OR_WORD})(?![\\w+#'-])|\\b(?:${LANGUAGE_OR_WORD}) (?:code|function|program|class|app|script)\\b`,
    ),
    beside: "programming",
    unless: OTHER_SENSES,
  },
  {
    task: "code_generation",
    name: "asks for given code to be changed",
    pattern: new RegExp(
      `\\b(?:${EDIT}|modify|change|make (?:this|it)|ignore|add|how (?:do|can|could|would|should) i|i need (?:it|this) to|doesn'?t work|not working)\\b`,
    ),
    beside: "code",
  },
  {
    task: "general",
    name: "asks about something",
    pattern: new RegExp(
      `${POLITE}(?:explain|describe|compare|paraphrase|proofread|rephrase|simplify|tell me|define|identify the (?:programming )?language|who|when|where(?! can)|why|what(?! (?:steps|phases|vulnerabilit|security|attack|exploit|is the (?:sentiment|intent|category)|are the (?:key|main)))|how (?:does|do|did|is|are|much|many|long)|is(?! there)|are|does|did|should|can i|find (?:the )?(?:bugs|issues|errors|problems)|which(?! (?:category|label|class|of the))|rate|critique|review)\\b`,
    ),
  },
];

/** What makes a prompt one about contracts, beside Solidity in its code. */
export const CONTRACT_WORDS =
  /(?:^|[^a-z0-9])(?:solidity|smart[ -]contracts?|erc-?(?:20|721|1155|4626)|eip-?\d+|openzeppelin|foundry|evm|on-?chain|re-?entrancy|front-?running|flash[ -]loans?|nfts?|defi|uniswap|chainlink|lending pool|multisig|staking|airdrop|timelock|dao|msg\.sender|sloads?|sstores?|token contract|merkle|vesting|in ether)(?![a-z0-9])|\.sol\b/;

/** What makes a prompt one about programs, beside code in it. */
export const PROGRAMMING_WORDS =
  /\b(?:code|coding|functions?|scripts?|programs?|class|algorithms?|implement\w*|compil\w+|arrays?|strings?|integers?|lists?|loops?|sort\w*|api|cli|server|middleware|librar(?:y|ies)|variables?|regex|json|struct|threads?|async|token refresh|quicksort|recursi\w+|append|parse\w*|pattern[- ]matching)\b/;

/** One of the verbs, and the space behind it and the words that may stand there; not where it is asked whether or how to. */
function verbs(source: string): string {
  return `(?<!\\b(?:should i|should we|used to|asked to|do i|did you|if i|when i) )\\b(?:${source})(?: me| us| up| out)? `;
}

function asks(verb: string, object: string, thing: string): RegExp {
  return new RegExp(`${verbs(verb)}${object}(?:${thing})(?![\\w-])`);
}

function objectBut(stops: string): string {
  return `(?:(?!(?:${stops})\\b)[\\w.+#'’/&-]+,? ){0,6}`;
}
