import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** One row of a Markdown table. */
export interface PageRow {
  /** The texts of its cells by the headings of the columns. */
  readonly cells: Readonly<Record<string, string>>;
  /** Files that it links to, from the root of the repository. */
  readonly links: readonly string[];
}

const cellsOf = (line: string): readonly string[] =>
  line
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((cell) => cell.trim());

const isRow = (line: string | undefined): line is string => line?.startsWith('|') === true;

/** The rows of all tables of a page whose first column has this heading, in order. */
export const pageRows = (page: string, heading: string): readonly PageRow[] => {
  const lines = readFileSync(page, 'utf8').split('\n');
  return lines.flatMap((head, at) => {
    if (!isRow(head) || !/^\|[\s|:-]+$/.test(lines[at + 1] ?? '')) return [];
    const headings = cellsOf(head);
    if (headings[0] !== heading) return [];
    const end = lines.findIndex((line, index) => index > at && !isRow(line));
    return lines.slice(at + 2, end === -1 ? undefined : end).map((line) => ({
      cells: Object.fromEntries(cellsOf(line).map((cell, index) => [headings[index] ?? String(index), cell])),
      links: [...line.matchAll(/\]\(([^)#]+)\)/g)].map(([, link = '']) => join(dirname(page), link)),
    }));
  });
};

/** The title of a test that a cell names: `[charm](…), *says what to set*`. */
export const titleIn = (cell: string | undefined): string | undefined => /, [*_](.+)[*_]$/.exec(cell ?? '')?.[1];
