/** Prints rows as columns, the first one to the left, the figures to the right. */
export function printTable(title: string, rows: readonly (readonly string[])[]): void {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  console.log(`\n${title}`);
  for (const row of rows) {
    const cells = row.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
    );
    console.log(`  ${cells.join("  ")}`);
  }
}

/** The same as Markdown, for a document. */
export function printMarkdown(title: string, rows: readonly (readonly string[])[]): void {
  const [head = [], ...others] = rows;
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  console.log(`\n${title}\n`);
  for (const row of [head, head.map((_, column) => (column === 0 ? "---" : "--:")), ...others]) console.log(line(row));
}
