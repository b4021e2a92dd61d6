import type { AnswerCase } from "../case.ts";

const F = "```";
const OFFICE =
  "Our 40-person company moves offices on 1 September. Make a plan for the IT side: internet, phones, servers, and desks. Downtime must stay under 4 hours. Name an owner for each step.";
const SAAS =
  "Write a go-to-market plan for a B2B invoicing SaaS in Germany. Exactly three phases, with GDPR compliance and a pilot with five customers. No paid advertising.";
const GANTT = "Give me a Gantt chart in Mermaid for building a garden shed, from foundation to painting.";
const PY3 =
  "How should we upgrade a 200k-line codebase from Python 3.8 to 3.13? Give an ordered plan and say which steps may run in parallel.";
const c = (name: string, expect: AnswerCase["expect"], prompt: string, answer: string): AnswerCase => ({
  name,
  task: "planning",
  prompt,
  answer,
  expect,
});

/** Plans for an office, a market, a shed and an upgrade, by the same hand. */
export const OFFICES_AND_SHEDS: readonly AnswerCase[] = [
  c(
    "plans the office move with owners",
    "verified",
    OFFICE,
    `**Office move, IT workstream – move day: 1 September**

| Step | What | Owner | Depends on | When |
|---|---|---|---|---|
| M1 | Order internet line and a 5G backup for the new office | Network admin | – | by 1 June |
| M2 | Survey desks: sockets, monitors, floor plan for 40 people | Office manager | – | by 15 June |
| M3 | Port phone numbers to the VoIP provider | IT lead | M1 | by 1 August |
| M4 | Cable and Wi-Fi at the new site, test | Network admin | M1, M2 | by 15 August |
| M5 | Replicate servers to temporary cloud hosts, rehearse failover | Sysadmin | M1 | by 22 August |
| M6 | Move the servers at night: fail over to the cloud, carry, fail back; downtime budget 4 hours | Sysadmin | M4, M5 | 31 August, 20:00 |
| M7 | Set up desks and phones, test every place | Office manager | M3, M4 | 31 August |
| M8 | Go-live support on site | IT lead | M6, M7 | 1–3 September |

**Abort criterion:** if fail-back isn't finished by 23:30, the servers stay in the cloud, so downtime stays below four hours.`,
  ),
  c(
    "names no owner at all though asked for one per step",
    "failed",
    OFFICE,
    `1. Order internet for the new office (by 1 June).
2. Port the phones (after step 1).
3. Move servers on the night of 31 August; downtime under 4 hours (after step 1).
4. Set up desks (after step 3).
5. Open on 1 September (after steps 2 and 4).`,
  ),
  c(
    "leaves the office move's steps as placeholders",
    "failed",
    OFFICE,
    `## Plan for the IT move on 1 September (downtime under 4 hours)

1. **Internet** – Owner: TBD. [Insert details here]
2. **Phones** – Owner: TBD. [Insert details here]
3. **Servers** – Owner: TBD. [Insert details here]
4. **Desks** – Owner: TBD. ...`,
  ),
  c(
    "makes three phases for the market without advertising",
    "verified",
    SAAS,
    `# Go-to-market plan: invoicing SaaS, Germany

## Phase 1 – Foundation (months 1–2)
- Finish GDPR compliance: data processing agreement, hosting in Frankfurt, records of processing
- Support ZUGFeRD and XRechnung, export for DATEV
- Define the ideal customer: agencies and trades with 5–50 staff
- Publish the site and documentation in German

## Phase 2 – Pilot (months 3–5)
- Recruit five pilot customers through tax advisers and the founders' network
- Onboard them personally, interview every second week
- Success: 4 of 5 pay after the pilot, NPS above 40
- Turn two of them into case studies

## Phase 3 – Launch (months 6–9)
- Partner programme with tax advisers
- Content and SEO: guides on the e-invoicing mandate (no paid advertising)
- Webinars with chambers of commerce
- Target: 100 paying customers, churn under 3 % a month`,
  ),
  c(
    "makes four phases where exactly three were asked for",
    "failed",
    SAAS,
    `# Go-to-market plan: B2B invoicing SaaS, Germany

## Phase 1 – Foundation
- GDPR compliance: DPA, hosting in Frankfurt
- German site

## Phase 2 – Pilot
- Pilot with five customers
- Interviews every second week

## Phase 3 – Launch
- Partner programme with tax advisers
- Content and SEO

## Phase 4 – Expansion
- Austria and Switzerland
- Enterprise features`,
  ),
  c(
    "buys ads though no paid advertising was wanted",
    "failed",
    SAAS,
    `# Go-to-market plan: B2B invoicing SaaS, Germany

## Phase 1 – Foundation
- GDPR compliance: DPA, hosting in Frankfurt
- German site

## Phase 2 – Pilot
- Pilot with five customers
- Interviews every second week

## Phase 3 – Launch
- Run Google Ads and LinkedIn paid advertising campaigns with €10,000 a month
- Partner programme with tax advisers`,
  ),
  c(
    "gives the shed as a Gantt chart",
    "verified",
    GANTT,
    `Here is a schedule of about three weeks:

${F}mermaid
gantt
    title Garden shed
    dateFormat  YYYY-MM-DD
    section Groundwork
    Mark out and dig           :a1, 2025-05-01, 2d
    Pour foundation            :a2, after a1, 1d
    Let concrete cure          :a3, after a2, 5d
    section Structure
    Floor frame                :b1, after a3, 1d
    Wall frames                :b2, after b1, 2d
    Roof trusses               :b3, after b2, 2d
    Cladding                   :b4, after b2, 2d
    Roofing felt               :b5, after b3, 1d
    section Finish
    Door and window            :c1, after b4, 1d
    Prime and paint            :c2, after b5 c1, 2d
${F}`,
  ),
  c(
    "refers in the Gantt chart to a task that does not exist",
    "failed",
    GANTT,
    `${F}mermaid
gantt
    title Garden shed
    dateFormat  YYYY-MM-DD
    section Groundwork
    Dig                        :a1, 2025-05-01, 2d
    Pour foundation            :a2, after a1, 1d
    section Structure
    Wall frames                :b2, after a7, 2d
    Roof                       :b3, after b2, 2d
    section Finish
    Painting                   :c2, after b3, 2d
${F}`,
  ),
  c(
    "orders the upgrade with prose dependencies",
    "verified",
    PY3,
    `Upgrading in one jump is feasible, but go through the steps in this order:

1. **Freeze and measure.** Record test coverage, the list of dependencies and runtime benchmarks on Python 3.8.
2. **Raise coverage** of the modules below 60 %. This can run in parallel with step 3.
3. **Audit dependencies.** Find packages without 3.13 wheels; plan replacements. May start as soon as step 1 is finished.
4. **Run linters for removed features** (\`pyupgrade --py38-plus\`, \`ruff UP\`, vermin): \`distutils\`, \`asyncore\`, \`imp\`, \`cgi\`. Also parallel with 2 and 3.
5. **CI matrix.** After steps 3 and 4, add 3.9 to 3.13 as allowed failures.
6. **Fix failures version by version**, 3.9 first. Requires step 5.
7. **Make 3.13 required in CI**, once step 6 is green.
8. **Roll out** to staging, then canary 5 %, then everywhere (after step 7). Keep the 3.8 image for a rollback.
9. **Drop 3.8**: remove compatibility shims and set \`requires-python >= 3.13\`. Only after two weeks of step 8.

Parallel: steps 2, 3 and 4. Everything else is sequential.`,
  ),
  c(
    "says of two steps of the upgrade that each follows the other",
    "failed",
    PY3,
    `1. **Measure** test coverage on Python 3.8.
2. **Audit dependencies** for 3.13 wheels. Start after step 4 is complete.
3. **Raise coverage.** In parallel with step 2.
4. **CI matrix** with 3.9 to 3.13. Start after step 2 is complete.
5. **Fix failures** version by version. Requires step 4.
6. **Roll out** to production. After step 5.`,
  ),
];
