/** One step of an address or a reference: a name, or an instance key in brackets. */
export type Step = { readonly name: string } | { readonly key: string | number };

/**
 * The steps of a Terraform address or reference, such as `module.a["x.y"].aws_kms_key.k[0].arn`. Keys may hold dots,
 * brackets and escaped quotes, so it is read by character. Undefined for what is no address.
 * https://developer.hashicorp.com/terraform/cli/state/resource-addressing
 */
export function parseSteps(address: string): readonly Step[] | undefined {
  const steps: Step[] = [];
  let at = 0;
  while (at < address.length) {
    if (address[at] === '[') {
      const key = readKey(address, at);
      if (key === undefined) return undefined;
      steps.push({ key: key.value });
      at = key.end;
    } else {
      if (address[at] === '.') at += 1;
      const start = at;
      while (at < address.length && address[at] !== '.' && address[at] !== '[') at += 1;
      if (at === start) return undefined;
      steps.push({ name: address.slice(start, at) });
    }
  }
  return steps;
}

function readKey(address: string, open: number): { readonly value: string | number; readonly end: number } | undefined {
  if (address[open + 1] !== '"') {
    const close = address.indexOf(']', open);
    const text = close < 0 ? '' : address.slice(open + 1, close);
    return /^\d{1,15}$/.test(text) ? { value: Number(text), end: close + 1 } : undefined;
  }
  let at = open + 2;
  let value = '';
  while (at < address.length && address[at] !== '"') {
    if (address[at] === '\\' && at + 1 < address.length) at += 1;
    value += address[at] ?? '';
    at += 1;
  }
  return address[at + 1] === ']' ? { value, end: at + 2 } : undefined;
}

/** An instance key as addresses write it: `[0]`, `["a"]`, or nothing. */
export function keyText(key: string | number | undefined): string {
  if (key === undefined) return '';
  return typeof key === 'number' ? `[${key}]` : `["${key.replace(/[\\"]/g, '\\$&')}"]`;
}

/** The modules that an address leads through, outermost first. */
export function modulesOf(steps: readonly Step[]): readonly { readonly name: string; readonly key: string | number | undefined }[] {
  const modules: { name: string; key: string | number | undefined }[] = [];
  let at = 0;
  for (;;) {
    const [word, name, key] = [steps[at], steps[at + 1], steps[at + 2]];
    if (word === undefined || !('name' in word) || word.name !== 'module' || name === undefined || !('name' in name)) return modules;
    const own = key !== undefined && 'key' in key ? key.key : undefined;
    modules.push({ name: name.name, key: own });
    at += own === undefined ? 2 : 3;
  }
}
