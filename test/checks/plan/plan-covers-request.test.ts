import { describe, expect, it } from "vitest";
import { run, said } from "../../verify/subject.ts";
import * as plans from "./plans.ts";

const check = async (text: string, prompt: string): Promise<string> =>
  said(await run("plan_covers_request", text, { prompt }));
const list = (...steps: readonly string[]): string => steps.map((step, at) => `${at + 1}. ${step}`).join("\n");

describe("plan_covers_request", () => {
  it.each([
    ["Give me a plan with exactly 6 steps.", "pass"],
    ["Give me a plan with exactly five steps.", "fail: 6 steps where the prompt asks for 5"],
    ["Write a 6-step plan.", "pass"],
    ["Write a 4-step migration plan.", "fail: 6 steps where the prompt asks for 4"],
    ["Break it down into 4 to 5 steps.", "fail: 6 steps where the prompt asks for 4 to 5"],
    ["Break it down into 5-7 concrete steps.", "pass"],
    ["A plan of at least ten steps, please.", "fail: 6 steps where the prompt asks for 10 or more"],
    ["A plan of at most 8 steps, please.", "pass"],
    ["No more than 3 steps.", "fail: 6 steps where the prompt asks for 1 to 3"],
    ["Plan the redesign of our checkout wizard with 3 steps.", "pass"],
    ["Plan how to migrate 3 services.", "pass"],
    ["We currently have 4 steps in our release process. Plan a better one.", "pass"],
    ["A plan in about 4 steps.", "pass"],
  ])("honours the number of steps in: %s", async (prompt, expected) => {
    expect(await check(plans.LIST, prompt)).toContain(expected);
  });

  it("counts phases where the prompt asks for phases", async () => {
    expect(await check(plans.PHASES, "A plan with 2 phases.")).toMatch(/^pass/);
    expect(await check(plans.PHASES, "A plan with 4 phases.")).toMatch(/^fail/);
  });

  it("counts the steps of each phase", async () => {
    expect(await check(plans.PHASES, "2 phases with at most 4 steps per phase.")).toMatch(/^pass/);
    expect(await check(plans.PHASES, "2 phases with exactly 4 steps per phase.")).toMatch(
      /^fail: phases of 3, 4 steps/,
    );
  });

  it.each([
    ["Plan it. Return JSON only.", "fail: the prompt asks for JSON"],
    ["Plan how to export the reports as JSON files.", "pass"],
    ["Plan it in a Markdown table.", "fail: the prompt asks for a table"],
    ["Plan the clean-up of the users table.", "pass"],
    ["Plan it; no Mermaid diagram, please.", "pass"],
    ["Plan it and draw it as a Mermaid diagram.", "fail: the prompt asks for a Mermaid diagram"],
  ])("wants the form that is asked for in: %s", async (prompt, expected) => {
    const answer = list("Export the reports as JSON", "Clean up the users table", "Remove old files");
    expect(await check(answer, prompt)).toContain(expected);
  });

  it("names what is not covered, for the model to mend", async () => {
    const outcome = await run("plan_covers_request", list("Build the portal", "Launch the portal"), {
      prompt: "Plan the portal. It must cover payroll export, single sign-on and translations.",
    });
    expect(outcome).toMatchObject({
      passed: false,
      evidence: { constraints: 3 },
      repair: expect.stringContaining("payroll export"),
    });
  });

  it("looks for words in English only", async () => {
    const answer = list("Datenbank sichern und prüfen", "Daten mit dem Werkzeug übertragen");
    expect(
      await check(answer, "Plane den Umzug der Datenbank. Er muss die Rechnungen und die Kunden umfassen."),
    ).toContain("not checked");
    expect(await check(answer, "Plane den Umzug der Datenbank in genau 3 Schritten.")).toMatch(/^fail/);
  });

  it.each([
    ["Do not launch before the audit is done.", ["Launch the portal", "Pass the security audit"], "fail"],
    ["Do not launch before the audit is done.", ["Pass the security audit", "Launch the portal"], "pass"],
    ["The audit must come before the launch.", ["Launch the portal", "Pass the audit"], "fail"],
    ["Before launching, audit the portal.", ["Audit the portal", "Launch the portal"], "pass"],
    ["Do not launch before the audit is done.", ["Launch the portal (depends on step 2)", "Pass the audit"], "pass"],
  ])("holds the plan to the order of: %s", async (prompt, steps, expected) => {
    expect(await check(list(...steps), `Plan the portal. ${prompt}`)).toMatch(new RegExp(`^${expected}`));
  });

  it("adds up what follows each other, not what runs side by side", async () => {
    const steps = (after: string): string =>
      `1. Design the portal\n   - Duration: 4 weeks\n2. Build the portal\n   - Depends on: ${after}\n   - Duration: 4 weeks\n3. Launch\n   - Depends on: step 2\n   - Duration: 1 day`;
    const prompt = "Plan the portal. The project must be finished within 5 weeks.";
    expect(await check(steps("step 1"), prompt)).toMatch(/^fail: its steps take 41 days/);
    expect(await check(steps("none"), prompt)).toMatch(/^pass/);
  });
});
