import {
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  KMSClient,
  ListAliasesCommand,
  ListKeysCommand,
  ListResourceTagsCommand,
  type DescribeKeyResponse,
  type GetKeyPolicyResponse,
  type GetKeyRotationStatusResponse,
  type ListAliasesResponse,
  type ListKeysResponse,
  type ListResourceTagsResponse,
} from '@aws-sdk/client-kms';
import type { ClientConfig } from './client-config.ts';

export interface KmsApi {
  readonly listKeys: (marker: string | undefined, abortSignal: AbortSignal) => Promise<ListKeysResponse>;
  readonly listAliases: (marker: string | undefined, abortSignal: AbortSignal) => Promise<ListAliasesResponse>;
  /** Takes a key id, an alias name, or the ARN of either, of another account too. */
  readonly describeKey: (key: string, abortSignal: AbortSignal) => Promise<DescribeKeyResponse>;
  readonly getKeyRotationStatus: (key: string, abortSignal: AbortSignal) => Promise<GetKeyRotationStatusResponse>;
  readonly getKeyPolicy: (key: string, abortSignal: AbortSignal) => Promise<GetKeyPolicyResponse>;
  readonly listTags: (key: string, marker: string | undefined, abortSignal: AbortSignal) => Promise<ListResourceTagsResponse>;
}

export function createKmsApi(config: ClientConfig): KmsApi {
  const client = new KMSClient(config);
  return {
    listKeys: (marker, abortSignal) => client.send(new ListKeysCommand({ Limit: 1_000, Marker: marker }), { abortSignal }),
    listAliases: (marker, abortSignal) => client.send(new ListAliasesCommand({ Limit: 100, Marker: marker }), { abortSignal }),
    describeKey: (key, abortSignal) => client.send(new DescribeKeyCommand({ KeyId: key }), { abortSignal }),
    getKeyRotationStatus: (key, abortSignal) => client.send(new GetKeyRotationStatusCommand({ KeyId: key }), { abortSignal }),
    getKeyPolicy: (key, abortSignal) => client.send(new GetKeyPolicyCommand({ KeyId: key, PolicyName: 'default' }), { abortSignal }),
    listTags: (key, marker, abortSignal) =>
      client.send(new ListResourceTagsCommand({ KeyId: key, Limit: 50, Marker: marker }), { abortSignal }),
  };
}
