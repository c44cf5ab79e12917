import { toolVersion } from '../../version.ts';
import type { AwsKitChoices } from './choices.ts';
import { indented, quoted, statementLines } from './yaml-text.ts';

/** The template of the role by which the job reads another account, as YAML. */
export function memberTemplate({ flags, permissions }: AwsKitChoices): string {
  return `# The role by which the scheduled job of Sealcheck reads this account. Written by \`sealcheck init aws\` of version ${toolVersion}.
# Deploy it in each account that is read, once the job itself is deployed: IAM refuses to trust a role that does not exist.
AWSTemplateFormatVersion: '2010-09-09'
Description: A role that may read what Sealcheck judges, for the scheduled job of another account

Parameters:
  JobRoleArn:
    Type: String
    Description: The output JobRoleArn of the stack of the job
    AllowedPattern: '^arn:[a-z-]+:iam::\\d{12}:role/.+$'

Resources:
  ReadRole:
    Type: AWS::IAM::Role
    Properties:
      RoleName: ${quoted(flags.memberRole)}
      Description: Read by the scheduled job of Sealcheck
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Principal: { AWS: !Ref JobRoleArn }
            Action: sts:AssumeRole
            Condition: { StringEquals: { 'sts:ExternalId': ${quoted(flags.externalId ?? '')} } }
      Policies:
        # As \`sealcheck permissions\` prints it. The resource is * because what is to be found cannot be named beforehand.
        - PolicyName: read-what-is-judged
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              ${indented(statementLines(permissions), 14)}

Outputs:
  RoleArn:
    Value: !GetAtt ReadRole.Arn
`;
}
