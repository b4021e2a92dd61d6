import type { AnswerCase } from "../case.ts";

const BOOK = "I want to self-publish a cookbook before Christmas. Write me a plan as a checklist.";
const GAME =
  "Plan development of a 2D platformer for a solo dev over 10 weeks. Prototype must come before art production. Weekly milestones please.";
const SURVEY =
  "Plan a customer satisfaction survey project: design, pilot, rollout, analysis. Every step needs an owner and a due date.";
const HOSP =
  "Plan the rollout of an electronic patient record in a hospital with 4 wards. Do not use a big-bang approach. Training must be finished before go-live of each ward. Describe dependencies by step names.";
const LEGACY =
  "Create an implementation plan with exactly 7 numbered steps to add rate limiting to our public REST API. Use Redis. No new paid services.";
const c = (name: string, expect: AnswerCase["expect"], prompt: string, answer: string): AnswerCase => ({
  name,
  task: "planning",
  prompt,
  answer,
  expect,
});

/** Plans for a book, a game, a survey, a hospital and an interface. */
export const BOOKS_AND_WARDS: readonly AnswerCase[] = [
  c(
    "makes a checklist for the cookbook",
    "verified",
    BOOK,
    `## Cookbook before Christmas – checklist

### Content (until end of July)
- [ ] Choose a theme and 60 recipes
- [ ] Cook and test each recipe twice
- [ ] Photograph the dishes
- [ ] Write introductions and tips

### Production (August–September)
- [ ] Edit and proofread
- [ ] Layout in Affinity Publisher
- [ ] Cover design, ISBN, imprint
- [ ] Order a printed proof from two print-on-demand services

### Publishing (October)
- [ ] Correct the proof and upload the final files
- [ ] Set prices and categories
- [ ] Pre-order page

### Marketing (October–December)
- [ ] Send copies to ten food bloggers
- [ ] Newsletter with three free recipes
- [ ] Launch by 10 November, so that orders arrive before Christmas`,
  ),
  c(
    "breaks off the cookbook's checklist with stubs",
    "failed",
    BOOK,
    `## Cookbook before Christmas – checklist

- [ ] Step 1: TODO
- [ ] Step 2: TODO
- [ ] Step 3: TODO
- [ ] Step 4: ...`,
  ),
  c(
    "gives the game ten weeks with a milestone each",
    "verified",
    GAME,
    `**Week 1 – Concept**: one-page design, core loop, controls. *Milestone:* design frozen.

**Week 2 – Engine set-up**: Godot project, CI builds, placeholder tiles. *Milestone:* a box jumps.

**Week 3 – Prototype I**: movement, collisions, coyote time. *Milestone:* movement feels right to three testers.

**Week 4 – Prototype II**: enemies, hazards, checkpoints with grey boxes. *Milestone:* one playable level.

**Week 5 – Art production I**: tileset and player animation (prototype is done by now). *Milestone:* level 1 with final tiles.

**Week 6 – Art production II**: enemies, backgrounds, UI. *Milestone:* all art for world 1.

**Week 7 – Levels**: build ten levels. *Milestone:* game can be finished.

**Week 8 – Sound and polish**: music, effects, particles. *Milestone:* feature complete.

**Week 9 – Testing**: ten external testers, bug triage. *Milestone:* no crash in two hours.

**Week 10 – Release**: store page, trailer, build upload. *Milestone:* live on itch.io.`,
  ),
  c(
    "draws the game's art before its prototype",
    "failed",
    GAME,
    `1. Week 1: concept and design of the 2D platformer.
2. Weeks 2–4: art production: tiles, characters, backgrounds.
3. Weeks 5–6: prototype of movement and enemies.
4. Weeks 7–8: levels.
5. Week 9: testing.
6. Week 10: release.

Milestones: each Friday.`,
  ),
  c(
    "needs fourteen weeks for a game of ten",
    "failed",
    GAME,
    `## Week 1–3: Prototype
Movement and collisions. Milestone: playable box.
## Week 4–7: Art production
Tiles and animation. Milestone: level 1.
## Week 8–11: Levels
Ten levels. Milestone: can be finished.
## Week 12–14: Release of the platformer
Testing, trailer, upload. Milestone: live.`,
  ),
  c(
    "plans the survey with owner and due date in each step",
    "verified",
    SURVEY,
    `### 1. Design
**Owner:** Maria (CX lead)
**Due:** 7 March
Define goals, 12 questions (NPS, CSAT, open text), sample of 2,000 customers.

### 2. Pilot
**Owner:** Jonas (research)
**Due:** 18 March
50 customers, check drop-off and wording; needs the questionnaire from step 1.

### 3. Rollout
**Owner:** Aylin (CRM)
**Due:** 1 April
Send in three waves with one reminder; starts once step 2 is evaluated.

### 4. Analysis
**Owner:** Tom (data)
**Due:** 22 April
Segment by plan and tenure, code open answers, present to management; after step 3 has closed.`,
  ),
  c(
    "names no due dates for the survey and one owner only",
    "failed",
    SURVEY,
    `### 1. Design
Owner: Maria
Questionnaire for customer satisfaction.
### 2. Pilot
50 customers.
### 3. Rollout
Send to all.
### 4. Analysis
Segment and present.`,
  ),
  c(
    "names dependencies of the ward rollout by step names",
    "verified",
    HOSP,
    `1. **Governance and scope** – steering group, clinical safety officer. Depends on: nothing.
2. **Configuration** – order sets, medication charts, interfaces to the lab. Depends on: Governance and scope.
3. **Data migration rehearsal** – two dry runs with reconciled counts. Depends on: Configuration.
4. **Training for ward A** – all nurses and doctors, 90 % passed the exercise. Depends on: Configuration.
5. **Go-live of ward A** – floor walkers for two weeks. Depends on: Data migration rehearsal, Training for ward A.
6. **Evaluation of ward A** – incidents, response times, changes. Depends on: Go-live of ward A.
7. **Training for wards B and C** – with the lessons of ward A. Depends on: Evaluation of ward A.
8. **Go-live of wards B and C** – one week apart. Depends on: Training for wards B and C.
9. **Training for ward D** – Depends on: Evaluation of ward A.
10. **Go-live of ward D** – Depends on: Go-live of wards B and C, Training for ward D.
11. **Close the paper archive** – scan and sign off. Depends on: Go-live of ward D.`,
  ),
  c(
    "goes live in all wards at once though no big bang was wanted",
    "failed",
    HOSP,
    `1. **Governance** – steering group for the electronic patient record. Depends on: nothing.
2. **Configuration** – interfaces. Depends on: Governance.
3. **Training** – all staff of the hospital. Depends on: Configuration.
4. **Big-bang go-live** – all four wards switch in one night. Depends on: Training.
5. **Review** – incidents. Depends on: Big-bang go-live.`,
  ),
  c(
    "waits in the ward rollout for a step that it does not have",
    "failed",
    HOSP,
    `1. **Governance** – steering group for the electronic patient record. Depends on: nothing.
2. **Configuration** – order sets. Depends on: Governance.
3. **Training for ward A** – all nurses. Depends on: Configuration.
4. **Go-live of ward A** – floor walkers. Depends on: Training for ward A, Barcode medication pilot.
5. **Training for wards B to D** – Depends on: Go-live of ward A.
6. **Go-live of wards B to D** – ward by ward. Depends on: Training for wards B to D.`,
  ),
  c(
    "has a circle of names in the ward rollout",
    "failed",
    HOSP,
    `1. **Governance** – steering group for the electronic patient record. Depends on: nothing.
2. **Configuration** – order sets. Depends on: Governance, Feedback round.
3. **Training for ward A** – all nurses. Depends on: Configuration.
4. **Go-live of ward A** – floor walkers. Depends on: Training for ward A.
5. **Feedback round** – interviews with staff. Depends on: Go-live of ward A.
6. **Go-live of the other wards** – ward by ward after their training. Depends on: Feedback round.`,
  ),
  c(
    "adds rate limits in exactly seven steps",
    "verified",
    LEGACY,
    `1. **Measure traffic**: log requests per key and endpoint for a week to find sensible limits.
2. **Define the policy**: limits per plan (free 60/min, pro 600/min), burst, headers, 429 body.
3. **Provision Redis** on the existing servers (no new paid service), with persistence off and a memory limit.
4. **Implement the middleware**: token bucket as a Lua script in Redis, keyed by API key, fail-open when Redis is down. Needs steps 2 and 3.
5. **Test**: unit tests for the bucket, load test with k6 at 2x the limit. Needs step 4.
6. **Dry run in production**: count but don't block for one week, compare with step 1, tell affected customers.
7. **Enforce and monitor**: switch on per endpoint, alert on the 429 rate, document the headers.`,
  ),
  c(
    "adds a step zero and thereby an eighth one",
    "failed",
    LEGACY,
    `1. Measure traffic.
2. Define limits.
3. Provision Redis.
4. Implement the middleware.
5. Write tests.
6. Dry run.
7. Enforce limits.
8. Monitor 429 rates of the public REST API.`,
  ),
  c(
    "buys a paid service though none was wanted and leaves Redis out",
    "failed",
    LEGACY,
    `1. Measure traffic of the REST API.
2. Define limits.
3. Subscribe to Cloudflare's paid rate limiting at $200 a month.
4. Configure rules there.
5. Test with k6.
6. Dry run.
7. Enforce limits.`,
  ),
];
