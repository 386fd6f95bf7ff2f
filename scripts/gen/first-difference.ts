/** Enough of a line to see what differs; scripts in generated modules are single lines of kilobytes. */
const shownCharacters = 100;

/** The first line in which two texts differ, in the manner of `diff`, cut around the difference. Empty when they do not differ. */
export const firstDifference = (present: string, wanted: string): string => {
  const [before, after] = [present.split('\n'), wanted.split('\n')];
  const line = Array.from({ length: Math.max(before.length, after.length) }, (_, index) => index).find(
    (index) => before[index] !== after[index],
  );
  if (line === undefined) return '';
  const [old = '', now = ''] = [before[line], after[line]];
  let place = 0;
  while (place < now.length && now[place] === old[place]) place += 1;
  const start = Math.max(0, place - shownCharacters / 2);
  const show = (mark: string, text: string | undefined): string[] =>
    text === undefined ? [] : [`${mark} ${start === 0 ? '' : '…'}${text.slice(start, start + shownCharacters)}`];
  return [`line ${line + 1}:`, ...show('-', before[line]), ...show('+', after[line])].join('\n');
};
