import type { Row } from './rows.ts';

/** What means nothing to a shell, in quotes or out of them, and is no option. */
const harmless = /^[A-Za-z0-9/_+=.@:][A-Za-z0-9/_+=.@:-]*$/;

/**
 * The command of a remediation for one resource. Whoever may name a secret must not write what somebody else pastes into a shell:
 * a name with any other character stays the placeholder that it is.
 */
export function fillIn(template: string, { name, account, region, address }: Pick<Row, 'name' | 'account' | 'region' | 'address'>): string {
  const values: { readonly [key: string]: string } = { name, account, region, address };
  return template.replace(/\{\{\s*resource\.(\w+)\s*\}\}/g, (placeholder, key: string) => {
    const value = Object.hasOwn(values, key) ? values[key] : undefined;
    return value !== undefined && harmless.test(value) ? value : placeholder;
  });
}
