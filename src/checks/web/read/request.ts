/** Requirements that a request states explicitly. */

const ACCESSIBLE_PAGE =
  /\baccessible\b(?! (?:to|from|via|by|through|at|on|in|for|anywhere|everywhere|online|with)\b)(?= [a-z0-9, -]{0,40}(?:page|html|form|web ?site|component|markup|widget|ui|interface|button|menu|table|dialog|modal|tabs?|app)\b)/i;
const ACCESSIBILITY = /\bWCAG\b|\ba11y\b|\baccessibility\b|\bscreen[- ]readers?\b|\bbarrierefrei/i;

/** Whether accessibility is asked for by name. */
export function asksForAccessibility(prompt: string): boolean {
  const start = prompt.slice(0, 50_000);
  return ACCESSIBLE_PAGE.test(start) || ACCESSIBILITY.test(start);
}

const SINGLE_FILE =
  /\b(?:single|one|1|self-contained|standalone)[ -](?:self-contained |standalone |static )?(?:html[ -]?(?:file|page|document)|file html|\.html file)\b|\bhtml\b[^]{0,400}\b(?:in|as) (?:a single|one|1|a) (?:single )?file\b|\bself-contained html\b|\ball in one (?:html )?file\b/i;

/** Whether all of the page is to be in one HTML file. */
export function asksForOneHtmlFile(prompt: string): boolean {
  return SINGLE_FILE.test(prompt.slice(0, 50_000));
}
