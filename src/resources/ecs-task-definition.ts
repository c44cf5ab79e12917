import { environmentVariable } from './environment-variable.ts';
import { resourceType } from './resource-type.ts';
import { list, map, required, string } from './shape.ts';

export const ecsTaskDefinition = resourceType({
  name: 'AWS::ECS::TaskDefinition',
  doc: 'A task definition of ECS; its name is the family.',
  service: 'ecs',
  kind: 'task-definition',
  attributes: {
    tags: required(map(string), 'Tags.'),
    environment: required(list(environmentVariable), 'The environment variables and secrets of all its containers.'),
  },
});
