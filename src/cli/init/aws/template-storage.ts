/** The bucket of the state, the queue of what could not be run, the topic. */
export const storageText = `  # What each run found. It stays when the stack is deleted.
  StateBucket:
    Type: AWS::S3::Bucket
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      BucketEncryption:
        ServerSideEncryptionConfiguration:
          - ServerSideEncryptionByDefault: { SSEAlgorithm: AES256 }
      VersioningConfiguration: { Status: Enabled }
      PublicAccessBlockConfiguration:
        BlockPublicAcls: true
        BlockPublicPolicy: true
        IgnorePublicAcls: true
        RestrictPublicBuckets: true
      OwnershipControls:
        Rules: [{ ObjectOwnership: BucketOwnerEnforced }]
      # What --retain removes is gone for good 30 days later.
      LifecycleConfiguration:
        Rules:
          - Id: old-versions
            Status: Enabled
            NoncurrentVersionExpiration: { NoncurrentDays: 30 }
            ExpiredObjectDeleteMarker: true
            AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 }

  StateBucketPolicy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref StateBucket
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Sid: TlsOnly
            Effect: Deny
            Principal: '*'
            Action: s3:*
            Resource: [!GetAtt StateBucket.Arn, !Sub '\${StateBucket.Arn}/*']
            Condition: { Bool: { 'aws:SecureTransport': 'false' } }

  # Runs that could not be started, and runs that failed twice.
  FailedRuns:
    Type: AWS::SQS::Queue
    DeletionPolicy: Delete
    UpdateReplacePolicy: Delete
    Properties:
      SqsManagedSseEnabled: true
      MessageRetentionPeriod: 1209600

  # Without a key of its own: CloudWatch cannot publish to a topic under the key alias/aws/sns. No message holds a secret.
  Topic:
    Type: AWS::SNS::Topic
    Condition: MakesTopic
    Properties:
      DisplayName: Sealcheck

  TopicPolicy:
    Type: AWS::SNS::TopicPolicy
    Condition: MakesTopic
    Properties:
      Topics: [!Ref Topic]
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Sid: AlarmsOfThisAccount
            Effect: Allow
            Principal: { Service: cloudwatch.amazonaws.com }
            Action: sns:Publish
            Resource: !Ref Topic
            Condition:
              StringEquals: { 'aws:SourceAccount': !Ref AWS::AccountId }
              ArnLike: { 'aws:SourceArn': !Sub 'arn:\${AWS::Partition}:cloudwatch:\${AWS::Region}:\${AWS::AccountId}:alarm:*' }
          - Sid: TlsOnly
            Effect: Deny
            Principal: '*'
            Action: sns:Publish
            Resource: !Ref Topic
            Condition: { Bool: { 'aws:SecureTransport': 'false' } }

  Subscription:
    Type: AWS::SNS::Subscription
    Condition: Subscribes
    Properties:
      TopicArn: !Ref Topic
      Protocol: email
      Endpoint: !Ref NotificationEmail
`;
