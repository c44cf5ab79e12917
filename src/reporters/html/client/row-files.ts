import type { Row } from './rows.ts';

const header = [
  'id',
  'status',
  'severity',
  'policy',
  'title',
  'resource',
  'type',
  'account',
  'region',
  'address',
  'item',
  'message',
  'scope',
] as const;

function cellsOf(row: Row): { readonly [column in (typeof header)[number]]: string } {
  const { id, status, severity, policy, name, type, account, region, address, item, message, scope } = row;
  return {
    id,
    status,
    severity,
    policy: policy.id,
    title: policy.title,
    resource: name,
    type,
    account,
    region,
    address,
    item,
    message,
    scope: scope.id,
  };
}

/** RFC 4180. A cell that a spreadsheet would take for a formula begins with an apostrophe. */
export function toCsv(rows: readonly Row[]): string {
  const cell = (text: string): string => {
    const safe = /^[\s]*[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const lines = rows.map((row) => {
    const cells = cellsOf(row);
    return header.map((column) => cell(cells[column])).join(',');
  });
  return `${[header.join(','), ...lines].join('\r\n')}\r\n`;
}

export function toJson(rows: readonly Row[]): string {
  return `${JSON.stringify(
    rows.map(({ detail, tags, ...row }) => ({ ...cellsOf({ detail, tags, ...row }), tags, ...detail })),
    undefined,
    2,
  )}\n`;
}
