/** The service and kind of a CloudFormation type name, in lower case: `AWS::SSM::Parameter` is `ssm`, `parameter`. */
export function typeSegments(type: string): readonly [service: string, kind: string] {
  const { service, kind } = split(type);
  return [(service === '' ? 'account' : service).toLowerCase(), kind.toLowerCase()];
}

/** Services that people call otherwise than CloudFormation does. */
const serviceNames: ReadonlyMap<string, string> = new Map([
  ['DocDB', 'DocumentDB'],
  ['Events', 'EventBridge'],
]);

/** What people call a resource of the type: `secret`, `SSM parameter`, `IAM managed policy`, `DocumentDB cluster`. */
export function shortTypeName(type: string): string {
  const { service, kind } = split(type);
  // The service says already that it is a database.
  const words = kind
    .replace(/^DB(?=[A-Z])/, '')
    .replace(/([a-z0-9])([A-Z])|([A-Z])(?=[A-Z][a-z])/g, '$1$3 $2')
    .toLowerCase();
  return service === '' || service === 'SecretsManager' ? words : `${serviceNames.get(service) ?? service} ${words}`;
}

/** `1 secret`, `3 IAM managed policies`. */
export function countOfType(count: number, type: string): string {
  return `${count} ${count === 1 ? shortTypeName(type) : pluralTypeName(type)}`;
}

export function pluralTypeName(type: string): string {
  return shortTypeName(type).replace(/(?:[^aeiou]y|s|x)?$/, (end) =>
    end.endsWith('y') ? `${end.slice(0, -1)}ies` : end === '' ? 's' : `${end}es`,
  );
}

function split(type: string): { readonly service: string; readonly kind: string } {
  const [, service = '', ...kind] = type.split('::');
  return kind.length > 0 ? { service, kind: kind.join('') } : { service: '', kind: service || type };
}
