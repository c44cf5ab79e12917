import { createHash } from 'node:crypto';

/** An object that tells whether it is whole: its last 64 bytes are the hash of the others. `name` comes back from it. */
export function wholeObject(name: string, size: number): Buffer {
  const body = Buffer.concat([Buffer.from(`${name}\n`), Buffer.alloc(size, `${name} `)]);
  return Buffer.concat([body, Buffer.from(createHash('sha256').update(body).digest('hex'))]);
}

/** The name of a whole object; undefined for what is none. */
export function nameOfWhole(bytes: Buffer | undefined): string | undefined {
  if (bytes === undefined || bytes.length < 65) return undefined;
  const body = bytes.subarray(0, -64);
  const whole = createHash('sha256').update(body).digest('hex') === bytes.subarray(-64).toString('latin1');
  return whole ? body.subarray(0, body.indexOf(10)).toString() : undefined;
}
