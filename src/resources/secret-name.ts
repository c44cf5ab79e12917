export function nameLooksSecret(name: string): boolean {
  throw new Error(`not written yet: ${name}`);
}

export function nameIsDatabaseCredential(name: string): boolean {
  throw new Error(`not written yet: ${name}`);
}
