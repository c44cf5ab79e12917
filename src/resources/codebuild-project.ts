import { environmentVariable } from './environment-variable.ts';
import { resourceType } from './resource-type.ts';
import { list, map, required, string } from './shape.ts';

export const codeBuildProject = resourceType({
  name: 'AWS::CodeBuild::Project',
  doc: 'A build project of CodeBuild.',
  service: 'codebuild',
  kind: 'project',
  attributes: {
    tags: required(map(string), 'Tags.'),
    environment: required(list(environmentVariable), 'The environment variables of the project; a buildspec may add its own.'),
  },
});
