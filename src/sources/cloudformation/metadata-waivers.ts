import type { WrittenField, WrittenWaiver } from '../../model/waiver.ts';
import { isObject, own, type Path } from './json.ts';
import type { RawResource, Template } from './template.ts';

type Problem = WrittenWaiver['problems'][number];

/** The waivers in the metadata of resources: `Metadata: { Sealcheck: { waive: [{ policy, until, reason, owner }] } }`. They are about the whole resource. */
export function waiversInMetadata(
  resources: Iterable<RawResource>,
  scope: string,
  locate: Template['locate'],
  file: string,
): readonly WrittenWaiver[] {
  const found: WrittenWaiver[] = [];
  for (const { id, body, path } of resources) {
    const sealcheck = own(own(body, 'Metadata'), 'Sealcheck');
    if (sealcheck === undefined) continue;
    const at = [...path, 'Metadata', 'Sealcheck'];
    const placeOf = (inner: Path): { readonly line: number; readonly column: number } => {
      const { startLine, startColumn } = locate([...at, ...inner]);
      return { line: startLine, column: startColumn };
    };
    const written = (inner: Path, read: Pick<WrittenWaiver, 'fields' | 'problems'>): WrittenWaiver => ({
      match: { kind: 'block', scope, address: id },
      file,
      ...placeOf(inner),
      ...read,
    });
    const list = own(sealcheck, 'waive');
    if (!Array.isArray(list)) {
      found.push(
        written([], {
          fields: [],
          problems: [{ ...placeOf(['waive']), message: 'Sealcheck holds a list that is called waive, of waivers' }],
        }),
      );
      continue;
    }
    list.forEach((entry: unknown, index) =>
      found.push(
        written(
          ['waive', index],
          readEntry(entry, (inner) => placeOf(['waive', index, ...inner])),
        ),
      ),
    );
  }
  return found;
}

function readEntry(
  entry: unknown,
  placeOf: (inner: Path) => { readonly line: number; readonly column: number },
): Pick<WrittenWaiver, 'fields' | 'problems'> {
  if (!isObject(entry))
    return { fields: [], problems: [{ ...placeOf([]), message: 'a waiver is a map of policy, until, reason and owner' }] };
  const fields: WrittenField[] = [];
  const problems: Problem[] = [];
  for (const [name, value] of Object.entries(entry)) {
    const texts: readonly unknown[] = Array.isArray(value) ? (value as readonly unknown[]) : [value];
    if (texts.every((text) => typeof text === 'string')) fields.push({ ...placeOf([name]), name, value: texts.join(',') });
    else problems.push({ ...placeOf([name]), message: `${/^\w{1,40}$/.test(name) ? name : 'it'} is not a text` });
  }
  return { fields, problems };
}
