/** Sections about the plan, whose lists and tables are not its steps. */
const ASIDE =
  /\b(?:risks?|assumptions?|success|metrics?|scope|goals?|objectives?|overview|summary|timeline|schedule|resources?|questions?|notes?|references?|acceptance|constraints?|requirements?|prerequisites|deliverables|context|background|dependenc(?:y|ies)|critical path|next steps|contingenc(?:y|ies)|roles|owners|responsibilities|team|budget|legend|glossary|appendix|rollback plan|kpis?|introduction|conclusion|diagram|gantt|traceability|stakeholders|communication plan|annahmen|risiken|riesgos|risques|zusammenfassung|resumen|风险|总结|概述|依赖关系)\b|风险|总结|概述|依赖关系/i;
/** Headings that announce the steps instead of being one. */
const CONTAINER =
  /\b(?:steps|plan|tasks|phases|roadmap|breakdown|milestones|schritte|pasos|étapes|passos|fases|phasen)\b/i;

/** Plans within the plan. */
const OTHER_PLAN =
  /\b(?:roll ?back|contingency|communications?|back ?out|fallback|risk|escalation|next) (?:\w+ )?(?:plan|steps|strategy)\b/i;

/** Whether a short title stands over something about the plan. */
export function isAside(title: string, maxWords: number): boolean {
  if (OTHER_PLAN.test(title)) return true;
  return title.trim().split(/\s+/).length <= maxWords && ASIDE.test(title) && !CONTAINER.test(title);
}

export function isContainer(title: string): boolean {
  return CONTAINER.test(title);
}
