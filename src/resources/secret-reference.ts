import { Unknown, type Maybe } from '../model/unknown.ts';

/**
 * How a reference to Secrets Manager is written: `{{resolve:secretsmanager:id:SecretString:key:stage:version}}`, of which only
 * what follows the store is given here, or `id:key:stage:version` as ECS and CodeBuild have it. Each field after the id may be left out.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-secretsmanager.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
 * @see https://docs.aws.amazon.com/codebuild/latest/APIReference/API_EnvironmentVariable.html
 */
export type ReferenceForm = 'dynamic-reference' | 'value-from';

/**
 * Whether a reference to a secret always reads one version, whatever rotation brings: it names a version id, or a stage other
 * than AWSCURRENT. Unknown where it has a `${placeholder}` in place of the stage or the version. A placeholder in place of the id
 * is taken for the id alone.
 */
export function isPinnedReference(reference: string, form: ReferenceForm): Maybe<boolean> {
  const parts = reference.replace(/\$\{[^{}]*\}/g, '$').split(':');
  // A secret is named by its name or by its ARN, which has six colons of its own.
  const fields = parts[0] === 'arn' ? parts.slice(7) : parts.slice(1);
  const [stage = '', version = ''] = fields.slice(form === 'dynamic-reference' ? 2 : 1);
  if (isWritten(version) || (isWritten(stage) && stage !== 'AWSCURRENT')) return true;
  if (stage.includes('$') || version.includes('$')) {
    return new Unknown('unresolved-reference', 'the version that it reads comes from outside');
  }
  return false;
}

function isWritten(field: string): boolean {
  return field !== '' && !field.includes('$');
}
