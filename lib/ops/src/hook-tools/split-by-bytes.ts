/** Cuts text into parts of at most `maximum` bytes of UTF-8, never inside a character. `maximum` is 4 or more. */
export const splitByBytes = (text: string, maximum: number): string[] => {
  const bytes = Buffer.from(text);
  if (bytes.length <= maximum) return [text];
  const parts: string[] = [];
  let start = 0;
  while (start < bytes.length) {
    let end = Math.min(start + maximum, bytes.length);
    while (end < bytes.length && isContinuation(bytes[end])) end -= 1;
    parts.push(bytes.toString('utf8', start, end));
    start = end;
  }
  return parts;
};

const isContinuation = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80;
