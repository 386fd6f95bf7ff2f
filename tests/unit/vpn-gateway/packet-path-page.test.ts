import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';

const folder = 'docs/explanation';
const text = readFileSync(join(folder, 'packet-path.md'), 'utf8');

interface Cell {
  readonly layer: string;
  readonly scenario: string;
  readonly path: string;
}

const words = (row: string): readonly string[] =>
  row
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());

/** The tables whose first column is a way out: a link for each scenario in which the column's layer is the only one. */
const cells: readonly Cell[] = [...text.matchAll(/^\| way out .*\n\|[-| ]+\n(?:\|.*\n)+/gm)].flatMap(([table]) => {
  const [head = '', , ...rows] = table.trimEnd().split('\n');
  const layers = words(head);
  return rows.flatMap((row) =>
    words(row).flatMap((cell, column) =>
      [...cell.matchAll(/\[([^\]]+)\]\(([^)]+)\)/g)].map(([, scenario = '', path = '']) => ({
        layer: layers[column] ?? '',
        scenario,
        path,
      })),
    ),
  );
});

/** Layers that stop a scenario alone, as the file of the matrix names them. */
const layersOf = ({ scenario, path }: Cell): readonly string[] => {
  const line = new RegExp(`^scenario ${scenario} (?:'[^']*'|"[^"]*") '([^']*)'`, 'm');
  return line.exec(readFileSync(join(folder, path), 'utf8'))?.[1]?.split(' ') ?? [];
};

describe("the page of the packet's way", () => {
  test('links to files that exist', () => {
    const links = [...text.matchAll(/\]\(([^)#]+)\)/g)].map(([, path = '']) => path);
    expect(links.filter((path) => !existsSync(join(folder, path)))).toEqual([]);
  });

  test('names layers that stop the scenario alone', () => {
    expect(cells.length).toBeGreaterThan(50);
    expect(cells.filter((cell) => !layersOf(cell).includes(cell.layer))).toEqual([]);
  });
});
