/** The records of a CSV file by the grammar of RFC 4180, section 2. Throws where it does not follow it. */
export function readCsv(text: string): readonly (readonly string[])[] {
  const records: string[][] = [];
  let at = 0;
  while (at < text.length) {
    const record: string[] = [];
    for (;;) {
      const field = text[at] === '"' ? quoted(text, at) : bare(text, at);
      record.push(field.value);
      at = field.end;
      if (text[at] !== ',') break;
      at += 1;
    }
    if (text.slice(at, at + 2) !== '\r\n') throw new Error(`no line break at ${at}`);
    at += 2;
    records.push(record);
  }
  return records;
}

interface Field {
  readonly value: string;
  readonly end: number;
}

function quoted(text: string, start: number): Field {
  let value = '';
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] !== '"') value += text[at] ?? '';
    else if (text[at + 1] === '"') {
      value += '"';
      at += 1;
    } else return { value, end: at + 1 };
  }
  throw new Error('a quote that does not end');
}

function bare(text: string, start: number): Field {
  const value = /[^,\r\n]*/y;
  value.lastIndex = start;
  const [found = ''] = value.exec(text) ?? [];
  if (found.includes('"')) throw new Error(`a quote inside of a field that has none around it, at ${start}`);
  return { value: found, end: start + found.length };
}
