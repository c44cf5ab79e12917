/** A CloudFormation template in YAML of about that many characters; CloudFormation takes 1 MB. */
export function makeTemplate(characters: number): string {
  const lines = [
    'AWSTemplateFormatVersion: "2010-09-09"',
    'Resources:',
    '  Key:',
    '    Type: AWS::KMS::Key',
    '    Properties: { EnableKeyRotation: true }',
  ];
  let length = 0;
  for (let unit = 0; length < characters; unit += 1) {
    const text = unitText(unit, unit % 20 === 0);
    length += text.length;
    lines.push(text);
  }
  return `${lines.join('\n')}\n`;
}

function unitText(unit: number, wrong: boolean): string {
  return `  Secret${unit}:
    Type: AWS::SecretsManager::Secret
    Properties:
      Name: bench/${unit}
      Description: A secret of the benchmark, described at the length that people describe such things
      ${wrong ? '' : 'KmsKeyId: !GetAtt Key.Arn'}
      GenerateSecretString: { PasswordLength: 32 }
      Tags: [{ Key: team, Value: orders }]
  Rotation${unit}:
    Type: AWS::SecretsManager::RotationSchedule
    Properties:
      SecretId: !Ref Secret${unit}
      RotationLambdaARN: !Sub arn:\${AWS::Partition}:lambda:\${AWS::Region}:\${AWS::AccountId}:function:rotator
      RotationRules: { ScheduleExpression: rate(${wrong ? 365 : 30} days) }
  Role${unit}:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: sts:AssumeRole }]
      Policies:
        - PolicyName: read
          PolicyDocument:
            Version: "2012-10-17"
            Statement: [{ Effect: Allow, Action: secretsmanager:DescribeSecret, Resource: ${wrong ? "'*'" : `!Ref Secret${unit}`} }]`;
}
