/**
 * The items of a comma separated option, trimmed, without empty ones. Gluetun splits lists at the comma and does not
 * trim, so `USA, Canada` would look for " canada".
 */
export const commaList = (text: string): string[] =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
