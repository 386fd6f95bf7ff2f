import { inflateRawSync } from 'node:zlib';

export interface ReadEntry {
  readonly name: string;
  readonly mode: number;
  readonly isRegularFile: boolean;
  readonly time: number;
  readonly content: Buffer;
}

/** Reads an archive by its central directory, as Go's archive/zip does, which Juju uses. */
export const readZip = (archive: Buffer): readonly ReadEntry[] => {
  const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  const count = archive.readUInt16LE(end + 10);
  const entries: ReadEntry[] = [];
  let at = archive.readUInt32LE(end + 16);
  for (let index = 0; index < count; index += 1) {
    const nameLength = archive.readUInt16LE(at + 28);
    const name = archive.toString('utf8', at + 46, at + 46 + nameLength);
    const unix = archive.readUInt32LE(at + 38) >>> 16;
    const local = archive.readUInt32LE(at + 42);
    const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    const content = inflateRawSync(archive.subarray(start, start + archive.readUInt32LE(at + 20)));
    entries.push({
      name,
      mode: unix & 0o777,
      isRegularFile: (unix & 0o170000) === 0o100000,
      time: archive.readUInt32LE(at + 12),
      content,
    });
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return entries;
};
