import { defaultDate, type ParameterFixture } from './account-fixture.ts';
import { hashOf } from './fake-id.ts';
import { epochSeconds } from './json-fields.ts';
import { once } from './once.ts';

/** A parameter with its ARN, rendered when it is first asked for. */
export interface ParameterEntry {
  readonly fixture: ParameterFixture;
  readonly arn: string;
  /** JSON text of a ParameterMetadata. */
  readonly describeJson: () => string;
  /** JSON text of a Parameter, with its value when it is not encrypted. */
  readonly valueJson: () => string;
}

/** `arnOf` makes an ARN of the parameter's region and account. */
export function parameterEntry(fixture: ParameterFixture, arnOf: (service: string, resource: string) => string): ParameterEntry {
  const arn = arnOf('ssm', `parameter${fixture.name.startsWith('/') ? '' : '/'}${fixture.name}`);
  return {
    fixture,
    arn,
    describeJson: once(() => JSON.stringify(describeFields(fixture, arn))),
    valueJson: once(() => JSON.stringify(valueFields(fixture, arn))),
  };
}

function describeFields(fixture: ParameterFixture, arn: string): Readonly<Record<string, unknown>> {
  const type = fixture.type ?? 'String';
  return {
    Name: fixture.name,
    ARN: arn,
    Type: type,
    KeyId: type === 'SecureString' ? (fixture.kmsKey ?? 'alias/aws/ssm') : undefined,
    LastModifiedDate: epochSeconds(fixture.lastModifiedAt ?? defaultDate),
    LastModifiedUser: arn.replace(/:ssm:[^:]*:(\d+):.*$/, ':iam::$1:user/example'),
    Description: fixture.description,
    AllowedPattern: fixture.allowedPattern,
    Version: fixture.version ?? 1,
    Tier: fixture.tier ?? 'Standard',
    Policies: (fixture.policies ?? []).map((policy) => ({
      PolicyText: JSON.stringify({ Type: policy.type, Version: '1.0', Attributes: policy.attributes }),
      PolicyType: policy.type,
      PolicyStatus: policy.status ?? 'Pending',
    })),
    DataType: fixture.dataType ?? 'text',
  };
}

function valueFields(fixture: ParameterFixture, arn: string): Readonly<Record<string, unknown>> {
  const type = fixture.type ?? 'String';
  return {
    Name: fixture.name,
    Type: type,
    Value: type === 'SecureString' ? fakeCiphertext(arn) : (fixture.value ?? 'EXAMPLE'),
    Version: fixture.version ?? 1,
    LastModifiedDate: epochSeconds(fixture.lastModifiedAt ?? defaultDate),
    ARN: arn,
    DataType: fixture.dataType ?? 'text',
  };
}

/** Base64, like AWS's, and of nothing. */
function fakeCiphertext(arn: string): string {
  return Buffer.from(`FAKE CIPHERTEXT EXAMPLE ${hashOf(arn)}`).toString('base64');
}
