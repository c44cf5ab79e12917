import type { WrittenField, WrittenWaiver } from '../../model/waiver.ts';
import { isObject, own, type JsonObject, type Path } from './json.ts';
import type { RawResource } from './template.ts';
import type { World } from './world.ts';

type Problem = WrittenWaiver['problems'][number];

/** A map that may hold waivers, of what has the address. */
interface Holder {
  readonly address: string;
  readonly sealcheck: unknown;
  readonly path: Path;
}

/**
 * The waivers in the metadata of resources, `Metadata: { Sealcheck: { waive: [{ policy, until, reason, owner }] } }`, each about the whole
 * resource. Parameters have no metadata, so theirs are in that of the template: `Sealcheck: { Parameters: { Name: { waive: […] } } }`.
 */
export function waiversInMetadata({ template, resources }: World, scope: string, file: string): readonly WrittenWaiver[] {
  const { locate } = template;
  const found: WrittenWaiver[] = [];
  for (const { address, sealcheck, path: at } of [...holdersIn(resources.values()), ...holdersOfParameters(template.metadata)]) {
    const placeOf = (inner: Path): { readonly line: number; readonly column: number } => {
      const { startLine, startColumn } = locate([...at, ...inner]);
      return { line: startLine, column: startColumn };
    };
    const written = (inner: Path, read: Pick<WrittenWaiver, 'fields' | 'problems'>): WrittenWaiver => ({
      match: { kind: 'block', scope, address },
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

function holdersIn(resources: Iterable<RawResource>): readonly Holder[] {
  return [...resources].flatMap(({ id, body, path }) => {
    const sealcheck = own(own(body, 'Metadata'), 'Sealcheck');
    return sealcheck === undefined ? [] : [{ address: id, sealcheck, path: [...path, 'Metadata', 'Sealcheck'] }];
  });
}

function holdersOfParameters(metadata: JsonObject): readonly Holder[] {
  const parameters = own(own(metadata, 'Sealcheck'), 'Parameters');
  return Object.entries(isObject(parameters) ? parameters : {}).map(([address, sealcheck]) => ({
    address,
    sealcheck,
    path: ['Metadata', 'Sealcheck', 'Parameters', address],
  }));
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
