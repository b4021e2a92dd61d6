/** Prints rows as a Markdown table, the first row as its head, under a title. */
export function printMarkdown(title: string, rows: readonly (readonly string[])[]): void {
  const [head = [], ...body] = rows;
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  console.log(`\n${title}\n`);
  for (const cells of [head, head.map(() => "---"), ...body]) console.log(line(cells));
}

/** Prints the broken promises and makes the process exit with 1; if there are none, says so. */
export function conclude(broken: readonly string[]): void {
  console.log(broken.length === 0 ? "\nEvery promise was kept." : "\nBroken promises:");
  for (const each of broken) console.log(`- ${each}`);
  if (broken.length > 0) process.exitCode = 1;
}
