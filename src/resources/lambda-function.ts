import { environmentVariable } from './environment-variable.ts';
import { resourceType } from './resource-type.ts';
import { list, map, optional, required, string } from './shape.ts';

export const lambdaFunction = resourceType({
  name: 'AWS::Lambda::Function',
  doc: 'A Lambda function.',
  service: 'lambda',
  kind: 'function',
  attributes: {
    tags: required(map(string), 'Tags.'),
    environment: required(list(environmentVariable), 'Its environment variables.'),
    role: optional(string, 'ARN of its execution role.'),
  },
});
