import { crc32, deflateRawSync } from 'node:zlib';

/** A file of an archive, its bytes as they are or already deflated. */
export interface ZipEntry {
  /** Path in the archive, without `./`: Juju looks for exactly `metadata.yaml`. */
  readonly name: string;
  /** Permission bits. Without them Juju sees a `dispatch` that is not executable and skips every hook. */
  readonly mode: number;
  readonly content: Uint8Array | DeflatedContent;
}

export interface DeflatedContent {
  readonly deflated: Uint8Array;
  readonly crc32: number;
  readonly size: number;
}

const localHeader = 0x04034b50;
const centralHeader = 0x02014b50;
const endOfCentralDirectory = 0x06054b50;
const versionNeeded = 20;
const madeOnUnix = (3 << 8) | versionNeeded;
const methodDeflate = 8;
const utf8Names = 0x0800;
/** 1980-01-01 00:00, the zero of the format: the same files give the same archive at any time. */
const date = 0x0021;
const regularFile = 0o100000;
const level = 6;

export const deflate = (bytes: Uint8Array): DeflatedContent => ({
  deflated: deflateRawSync(bytes, { level }),
  crc32: crc32(bytes),
  size: bytes.byteLength,
});

const isDeflated = (content: Uint8Array | DeflatedContent): content is DeflatedContent => 'deflated' in content;

/** The fields that both headers of an entry have in common, from "version needed" to "extra field length". */
const commonFields = (name: Buffer, { deflated, crc32: checksum, size }: DeflatedContent): Buffer => {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(versionNeeded, 0);
  fields.writeUInt16LE(utf8Names, 2);
  fields.writeUInt16LE(methodDeflate, 4);
  fields.writeUInt16LE(0, 6);
  fields.writeUInt16LE(date, 8);
  fields.writeUInt32LE(checksum, 10);
  fields.writeUInt32LE(deflated.byteLength, 14);
  fields.writeUInt32LE(size, 18);
  fields.writeUInt16LE(name.byteLength, 22);
  return fields;
};

const uint16 = (value: number): Buffer => {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
};

const uint32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};

const centralEntry = (name: Buffer, content: DeflatedContent, mode: number, offset: number): Buffer =>
  Buffer.concat([
    uint32(centralHeader),
    uint16(madeOnUnix),
    commonFields(name, content),
    // Comment length, disk number, internal attributes.
    Buffer.alloc(6),
    uint32(((regularFile | mode) << 16) >>> 0),
    uint32(offset),
    name,
  ]);

/**
 * A zip archive of these files, sorted by name, with Unix modes and without dates. Parts are returned as they are
 * written, since one of them is large.
 */
export const zip = (entries: readonly ZipEntry[]): readonly Uint8Array[] => {
  const parts: Uint8Array[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, mode, content } of [...entries].sort((one, other) => (one.name < other.name ? -1 : 1))) {
    const nameBytes = Buffer.from(name, 'utf8');
    const data = isDeflated(content) ? content : deflate(content);
    const header = Buffer.concat([uint32(localHeader), commonFields(nameBytes, data), nameBytes]);
    parts.push(header, data.deflated);
    directory.push(centralEntry(nameBytes, data, mode, offset));
    offset += header.byteLength + data.deflated.byteLength;
  }
  const directoryBytes = Buffer.concat(directory);
  const end = Buffer.concat([
    uint32(endOfCentralDirectory),
    Buffer.alloc(4),
    uint16(directory.length),
    uint16(directory.length),
    uint32(directoryBytes.byteLength),
    uint32(offset),
    uint16(0),
  ]);
  return [...parts, directoryBytes, end];
};
