/** Arguments whose values nobody may see, whatever Terraform says of their sensitivity. */
const secretArguments =
  /^(secret_string|secret_string_wo|secret_binary|value|insecure_value|value_wo|password|password_wo|master_password|master_password_wo|user_data|user_data_base64|secret|ses_smtp_password_v4|variables|container_definitions|access_key|secret_key)$/;

/** Words that stand as values too, and say nothing. */
const harmless =
  /^(x|y|testing|partner|true|false|info|orders|String|\d{1,5}|http:\/\/127\.0\.0\.1:\d+|arn:aws:(kms|secretsmanager):.*|acme\/prod\/db:password|\/acme\/prod\/api\/token)$/;

/** Every text of a plan that must not come out again: marked as sensitive, or the value of a secret argument. */
export function secretsIn(plan: unknown): readonly string[] {
  const found = new Set<string>();
  walk(plan, '', false, found);
  return [...found].filter((text) => text.length > 5 && !harmless.test(text));
}

/** Values of variables, and their defaults. */
export function defaultsIn(plan: unknown): readonly string[] {
  const found = new Set<string>();
  const { variables = {} } = plan as { readonly variables?: { readonly [name: string]: { readonly value?: unknown } } };
  for (const [name, { value }] of Object.entries(variables)) {
    if (/password|key|token|secret/.test(name) && typeof value === 'string') found.add(value);
  }
  return [...found].filter((text) => !harmless.test(text));
}

function walk(value: unknown, key: string, secret: boolean, found: Set<string>): void {
  const inside = secret || secretArguments.test(key);
  if (typeof value === 'string') {
    if (inside) found.add(value);
    return;
  }
  if (Array.isArray(value)) {
    for (const element of value as readonly unknown[]) walk(element, key, inside, found);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [name, element] of Object.entries(value)) {
    // References name what a value comes from; outputs and check results are about other things.
    if (name === 'references' || name === 'relevant_attributes' || name === 'checks') continue;
    walk(element, name, inside, found);
  }
}
