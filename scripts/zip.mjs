import { crc32, deflateRawSync } from 'node:zlib';

/** The first day that a zip can name: the same files give the same bytes whenever they are packed. */
const day = (1 << 5) | 1;
const readable = 0o100644 << 16;
const versionNeeded = 20;
const madeOnUnix = (3 << 8) | versionNeeded;
const utf8Names = 1 << 11;
const deflated = 8;

/**
 * A zip archive of files given as [name, bytes], in that order, names with `/`. Equal input gives equal bytes for one version of zlib.
 *
 * @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT sections 4.3.7, 4.3.12 and 4.3.16
 */
export function zip(files) {
  const parts = [];
  const directory = [];
  let offset = 0;
  for (const [name, bytes] of files) {
    const path = Buffer.from(name, 'utf8');
    const packed = deflateRawSync(bytes, { level: 9 });
    const common = Buffer.concat([
      ...[versionNeeded, utf8Names, deflated, 0, day].map(u16),
      ...[crc32(bytes), packed.length, bytes.length].map(u32),
      ...[path.length, 0].map(u16),
    ]);
    const local = Buffer.concat([u32(0x04034b50), common, path]);
    const inDirectory = [u32(0x02014b50), u16(madeOnUnix), common, u16(0), u16(0), u16(0), u32(readable >>> 0), u32(offset), path];
    directory.push(Buffer.concat(inDirectory));
    parts.push(local, packed);
    offset += local.length + packed.length;
  }
  const central = Buffer.concat(directory);
  const end = [u32(0x06054b50), u16(0), u16(0), u16(files.length), u16(files.length), u32(central.length), u32(offset), u16(0)];
  return Buffer.concat([...parts, central, ...end]);
}

function u16(value) {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function u32(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
